import Foundation
import TestSupport
import Testing

@testable import Service

/// Every operation, tried by one account on what another account owns: it is answered as for what does not exist.
@Suite struct IsolationTests {
    private struct Input: Encodable {
        let url: String
        let owner = SharedServer.owner
        let other = SharedServer.other
        let root: String
    }

    private struct Report: Decodable {
        /// The operations that the table tries.
        let tried: [String]
        /// Answers to the other account that are not those for what does not exist, or that name what is the owner's.
        let leaks: [String]
        /// Rows whose owner is answered as for what does not exist, so that they show nothing.
        let blind: [String]
        /// What of the owner's is gone after all of it.
        let lost: [String]
    }

    @Test func whatIsAnotherAccountsDoesNotExist() throws {
        let shared = try SharedServer { project in
            try project.write("s3/owners-bucket/owners-key.jsonl", #"{"source-ref": "s3://owners-bucket/none.png"}"#)
        }
        let report: Report = try Oracle.run(
            Self.script, input: Input(url: shared.server.url, root: shared.project.root.path))
        #expect(report.leaks == [])
        #expect(report.lost == [])
        #expect(Set(report.tried) == Set(Operation.allCases.map(\.rawValue)), "each operation has a row in the table")
        #expect(report.blind == [])
    }

    private static let script = """
        import glob, os, re, shutil, time, boto3
        from botocore.config import Config
        from botocore.exceptions import ClientError

        def client(tenant):
            return boto3.client("rekognition", endpoint_url=input["url"], region_name="us-east-1",
                                aws_access_key_id=tenant["accessKey"], aws_secret_access_key=tenant["secretKey"],
                                config=Config(retries={"max_attempts": 0}))
        owner, other = client(input["owner"]), client(input["other"])
        root = input["root"]
        shutil.copy(glob.glob(root + "/Datasets/d/images/*.png")[0], root + "/s3/owners-bucket/owners-image.png")

        # What the owner has, and names of the same form of nothing.
        def manifest(names): return {"S3Object": {"Bucket": names["bucket"], "Name": names["key"]}}
        def assets(names): return {"Assets": [{"GroundTruthManifest": manifest(names)}]}
        own = {"bucket": "owners-bucket", "key": "owners-key.jsonl", "image": "owners-image.png", "project": "owners-project",
               "version": "owners-version", "tag": "owners-tag", "request": "owners-request"}
        own["arn"] = owner.create_project(ProjectName=own["project"], Feature="CONTENT_MODERATION", AutoUpdate="DISABLED",
                                          Tags={own["tag"]: "v"})["ProjectArn"]
        owner.create_project(ProjectName=own["project"] + "-2", Feature="CONTENT_MODERATION", AutoUpdate="DISABLED")
        own["versionArn"] = owner.create_project_version(
            ProjectArn=own["arn"], VersionName=own["version"], OutputConfig={"S3Bucket": own["bucket"]},
            TrainingData=assets(own), TestingData={"AutoCreate": True}, Tags={own["tag"]: "v"})["ProjectVersionArn"]
        own["token"] = owner.describe_projects(Features=["CONTENT_MODERATION"], MaxResults=1)["NextToken"]
        def versions(): return owner.describe_project_versions(ProjectArn=own["arn"])["ProjectVersionDescriptions"]
        for _ in range(300):
            if versions()[0]["Status"] != "TRAINING_IN_PROGRESS": break
            time.sleep(0.1)
        own["datasetArn"] = own["arn"].rsplit("/", 1)[0] + "/dataset/train/1234567890123"
        started = owner.start_media_analysis_job(
            OperationsConfig={"DetectModerationLabels": {}}, Input=manifest(own), OutputConfig={"S3Bucket": own["bucket"]},
            ClientRequestToken=own["request"], JobName="owners-job")
        own["job"] = started["JobId"]
        nothing = {name: value.replace("owners", "nobody") for name, value in own.items()}
        nothing["job"] = own["job"][::-1]
        nothing["token"] = own["token"][:10] + own["token"][10:][::-1]

        # Every operation, with everything in it that can be another account's.
        other_arn = other.create_project(ProjectName="own", Feature="CONTENT_MODERATION", AutoUpdate="DISABLED")["ProjectArn"]
        def image(n): return {"S3Object": {"Bucket": n["bucket"], "Name": n["image"]}}
        def feature(n): return {"Features": ["CONTENT_MODERATION"]}
        def start(n, token): return {"OperationsConfig": {"DetectModerationLabels": {}}, "Input": manifest(n),
                                     "OutputConfig": {"S3Bucket": n["bucket"]}, "ClientRequestToken": token}
        pixels = open(root + "/s3/owners-bucket/owners-image.png", "rb").read()
        table = {
            "DetectModerationLabels": [lambda n: {"Image": image(n)},
                                       lambda n: {"Image": {"Bytes": pixels}, "ProjectVersion": n["versionArn"]}],
            "DescribeProjects": [lambda n: {**feature(n), "ProjectNames": [n["project"]]},
                                 lambda n: {**feature(n), "NextToken": n["token"], "MaxResults": 1}],
            "DescribeProjectVersions": [lambda n: {"ProjectArn": n["arn"]},
                                        lambda n: {"ProjectArn": n["arn"], "VersionNames": [n["version"]]},
                                        lambda n: {"ProjectArn": other_arn, "VersionNames": [n["version"]]},
                                        lambda n: {"ProjectArn": other_arn, "NextToken": n["token"]}],
            "GetMediaAnalysisJob": [lambda n: {"JobId": n["job"]}],
            "ListMediaAnalysisJobs": [lambda n: {}, lambda n: {"NextToken": n["token"]}],
            "ListTagsForResource": [lambda n: {"ResourceArn": n["arn"]}, lambda n: {"ResourceArn": n["versionArn"]}],
            "CreateProject": [lambda n: {"ProjectName": n["project"], "Feature": "CONTENT_MODERATION", "AutoUpdate": "DISABLED"}],
            "CreateProjectVersion": [
                lambda n: {"ProjectArn": n["arn"], "VersionName": "v", "OutputConfig": {"S3Bucket": n["bucket"]},
                           "TrainingData": assets(n), "TestingData": {"AutoCreate": True}},
                lambda n: {"ProjectArn": other_arn, "VersionName": n["version"], "OutputConfig": {"S3Bucket": n["bucket"]},
                           "TrainingData": assets(n), "TestingData": {"AutoCreate": True}}],
            "StartMediaAnalysisJob": [
                lambda n: start(n, n["request"]),
                lambda n: {**start(n, n["request"] + "-2"),
                           "OperationsConfig": {"DetectModerationLabels": {"ProjectVersion": n["versionArn"]}}}],
            "TagResource": [lambda n: {"ResourceArn": n["arn"], "Tags": {"a": "b"}},
                            lambda n: {"ResourceArn": n["versionArn"], "Tags": {"a": "b"}}],
            "UntagResource": [lambda n: {"ResourceArn": n["arn"], "TagKeys": [n["tag"]]},
                              lambda n: {"ResourceArn": n["versionArn"], "TagKeys": [n["tag"]]}],
            "CreateDataset": [lambda n: {"ProjectArn": n["arn"], "DatasetType": "TRAIN",
                                         "DatasetSource": {"GroundTruthManifest": manifest(n)}}],
            "DescribeDataset": [lambda n: {"DatasetArn": n["datasetArn"]}],
            "UpdateDatasetEntries": [lambda n: {"DatasetArn": n["datasetArn"], "Changes": {"GroundTruth": b"{}"}}],
            "ListDatasetEntries": [lambda n: {"DatasetArn": n["datasetArn"]}],
            "ListDatasetLabels": [lambda n: {"DatasetArn": n["datasetArn"]}],
            "DistributeDatasetEntries": [lambda n: {"Datasets": [{"Arn": n["datasetArn"]}] * 2}],
            "DeleteDataset": [lambda n: {"DatasetArn": n["datasetArn"]}],
            "CopyProjectVersion": [lambda n: {"SourceProjectArn": n["arn"], "SourceProjectVersionArn": n["versionArn"],
                                              "DestinationProjectArn": other_arn, "VersionName": "copy",
                                              "OutputConfig": {"S3Bucket": n["bucket"]}}],
            "PutProjectPolicy": [lambda n: {"ProjectArn": n["arn"], "PolicyName": "p", "PolicyDocument": "{}"}],
            "ListProjectPolicies": [lambda n: {"ProjectArn": n["arn"]}],
            "DeleteProjectPolicy": [lambda n: {"ProjectArn": n["arn"], "PolicyName": "p"}],
            "StartProjectVersion": [lambda n: {"ProjectVersionArn": n["versionArn"], "MinInferenceUnits": 1}],
            "StopProjectVersion": [lambda n: {"ProjectVersionArn": n["versionArn"]}],
            "DetectCustomLabels": [lambda n: {"ProjectVersionArn": n["versionArn"], "Image": image(n)}],
            "DeleteProjectVersion": [lambda n: {"ProjectVersionArn": n["versionArn"]}],
            "DeleteProject": [lambda n: {"ProjectArn": n["arn"]}],
        }

        def ask(client, operation, parameters):
            try:
                result = client._make_api_call(operation, parameters)
                result.pop("ResponseMetadata", None)
                return json.dumps(result, default=str, sort_keys=True)
            except ClientError as error:
                return error.response["Error"]["Code"] + ": " + error.response["Error"]["Message"]
        def plain(text):
            # Ids and times are new in each answer.
            text = re.sub(r"/[0-9]{13}", "/N", text)
            text = re.sub(r'"JobId": "[^"]*"', '"JobId": "J"', text)
            text = re.sub(r"\\d{4}-\\d\\d-\\d\\d[ T][0-9:.+]*", "T", text)
            for name in nothing: text = text.replace(plainNames(nothing[name]), plainNames(own[name]))
            return text
        def plainNames(text): return re.sub(r"/[0-9]{13}", "/N", text)
        own_words = list(own.values()) + ["owners-job"]

        leaks, blind = [], []
        # Nothing of what it names: such operations list, or make something of the account's own.
        unnamed = ["ListMediaAnalysisJobs 0", "CreateProject 0", "DescribeProjectVersions 2", "DescribeProjectVersions 3",
                   "CreateProjectVersion 1"]
        for operation, rows in table.items():
            for index, row in enumerate(rows):
                found, missing = ask(other, operation, row(own)), ask(other, operation, row(nothing))
                if plain(found) != plain(missing): leaks.append(f"{operation} {index}: {found} | {missing}")
                asked = json.dumps(row(own), default=str)
                leaks += [f"{operation} {index} tells {word}: {found}" for word in own_words
                          if word in found and word not in asked and word not in own["arn"] + own["versionArn"]]
        changing = ("Create", "Delete", "Start", "Tag", "Untag", "Update", "Put", "Copy")
        for operation, rows in table.items():
            if operation.startswith(changing) or "Dataset" in operation: continue
            for index, row in enumerate(rows):
                if f"{operation} {index}" in unnamed or "NextToken" in json.dumps(row(own), default=str): continue
                if plain(ask(owner, operation, row(own))) == plain(ask(owner, operation, row(nothing))):
                    blind.append(f"{operation} {index}")

        lost = []
        names = [p["ProjectArn"] for p in owner.describe_projects(Features=["CONTENT_MODERATION"])["ProjectDescriptions"]]
        if own["arn"] not in names: lost.append("project")
        if [v["ProjectVersionArn"] for v in versions()] != [own["versionArn"]]: lost.append("version")
        for arn in [own["arn"], own["versionArn"]]:
            if owner.list_tags_for_resource(ResourceArn=arn)["Tags"] != {own["tag"]: "v"}: lost.append("tags of " + arn)
        if "owners-image.png" not in os.listdir(root + "/s3/owners-bucket"): lost.append("objects")
        answer({"tried": list(table), "leaks": leaks, "blind": blind, "lost": lost})
        """
}
