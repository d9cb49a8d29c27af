import Foundation
import TestSupport
import Testing

/// A server whose buckets are those of an S3-compatible endpoint: moto's.
@Suite struct ServedStorageTests {
    private struct Answer: Decodable {
        let status, job: String
        let isSame: Bool
        let keys: [String]
        let missing: String
    }

    @Test(arguments: ["environment", "option"])
    func detectionsTrainingsAndJobsReadAndWriteTheEndpoint(place: String) throws {
        let moto = try PythonServer.moto()
        let shop = try AdapterServer()
        let local = shop.project.root.appending(path: "s3")
        var arguments = ["--base-model", "tiny"]
        var environment = moto.s3Environment.merging(["MODERATO_S3": ""]) { $1 }
        if place == "option" {
            environment["AWS_ENDPOINT_URL_S3"] = ""
            arguments += ["--s3", moto.address]
        }
        let _: [String: String] = try Boto3.run(
            """
            import os
            for bucket in ["photos", "results"]: client.create_bucket(Bucket=bucket)
            for folder, _, names in os.walk(input["x"] + "/photos"):
                for name in names:
                    file = os.path.join(folder, name)
                    client.upload_file(file, "photos", os.path.relpath(file, input["x"] + "/photos"))
            answer({})
            """, local.path, at: moto)
        // What is found from here on is found at the endpoint.
        try FileManager.default.moveItem(at: local, to: shop.project.root.appending(path: "away"))
        let server = try RunningServer(arguments, in: shop.project.root, environment: environment)
        #expect(server.talk.contains("s3:// is the endpoint \(moto.address)\n"))
        let answer: Answer = try AdapterServer.run(
            """
            def detect(image):
                found = client.detect_moderation_labels(Image=image, MinConfidence=1)
                del found["ResponseMetadata"]
                return found
            project = create("shop")
            train(project, "first")
            status = wait(project, "first")[0]["Status"]
            key = {"Bucket": "photos", "Name": "images/3.png"}
            same = detect({"S3Object": key}) == detect({"Bytes": open(input["x"]["image"], "rb").read()})
            s3 = boto3.client("s3", endpoint_url=input["x"]["s3"], region_name="us-east-1",
                              aws_access_key_id=input["x"]["access"], aws_secret_access_key=input["x"]["secret"])
            s3.put_object(Bucket="photos", Key="bulk.jsonl", Body=b'{"source-ref": "s3://photos/images/3.png"}')
            job = client.start_media_analysis_job(
                OperationsConfig={"DetectModerationLabels": {}}, OutputConfig={"S3Bucket": "results", "S3KeyPrefix": "bulk"},
                Input={"S3Object": {"Bucket": "photos", "Name": "bulk.jsonl"}})["JobId"]
            while (now := client.get_media_analysis_job(JobId=job))["Status"] in ("QUEUED", "IN_PROGRESS"): time.sleep(0.1)
            keys = [o["Key"].replace(job, "JOB") for o in s3.list_objects_v2(Bucket="results")["Contents"]]
            answer({"status": status, "isSame": same, "job": now["Status"], "keys": keys,
                    "missing": code("detect_moderation_labels", Image={"S3Object": {"Bucket": "photos", "Name": "none"}})})
            """,
            [
                "image": shop.project.root.appending(path: "away/photos/images/3.png").path, "s3": moto.address,
                "access": PythonServer.accessKey, "secret": PythonServer.secretKey,
            ], at: server)
        #expect(answer.status == "TRAINING_COMPLETED")
        #expect(answer.job == "SUCCEEDED")
        #expect(answer.isSame)
        #expect(answer.missing == "InvalidS3ObjectException")
        #expect(
            answer.keys == [
                "bulk/JOB/manifest-summary.json", "bulk/JOB/results.jsonl", "out/shop/first/evaluation_results.json",
                "out/shop/first/manifest_summary.json", "out/shop/first/testing_output_manifest.json",
                "out/shop/first/training_manifest_with_validation.json", "out/shop/first/training_output_manifest.json",
            ])
        #expect(!FileManager.default.fileExists(atPath: local.path))
    }

    @Test func anEndpointThatDoesNotAnswerIsWorthAnotherTryAndABadAddressEndsTheStart() throws {
        let shop = try AdapterServer()
        // Nobody listens on port 1 of the loopback.
        let server = try RunningServer(
            ["--base-model", "tiny", "--s3", "http://127.0.0.1:1"], in: shop.project.root)
        let codes: [String] = try AdapterServer.run(
            """
            image = {"S3Object": {"Bucket": "photos", "Name": "images/3.png"}}
            answer([code("detect_moderation_labels", Image=image),
                    code("create_project_version", **request(create("shop"), "first")),
                    code("start_media_analysis_job", OperationsConfig={"DetectModerationLabels": {}}, Input=image,
                         OutputConfig={"S3Bucket": "results"})])
            """, at: server)
        #expect(codes == ["ThrottlingException", "ThrottlingException", "ThrottlingException"])
        let bad = try Program.run(
            ["serve", "--port", "0", "--base-model", "tiny", "--data", "other", "--s3", "ftp://secret@host"],
            in: shop.project.root)
        #expect(bad.status == 1)
        #expect(bad.talk.contains("error: the endpoint of S3 is not an address such as http://127.0.0.1:9000"))
        #expect(!bad.talk.contains("secret"))
    }
}
