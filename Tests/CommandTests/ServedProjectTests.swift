import Foundation
import TestSupport
import Testing

/// Projects and their tags as boto3 sees them.
@Suite struct ServedProjectTests {
    private let shop: AdapterServer
    private let server: RunningServer

    init() throws {
        shop = try AdapterServer(images: 6)
        server = try shop.start()
    }

    @Test func aProjectIsMadeDescribedAndDeleted() throws {
        struct Answer: Decodable, Equatable {
            let pattern, isListed, isGone, hidden: Bool
            let feature, autoUpdate, status, deletion: String
            let age: Double
            let codes: [String?]
        }
        let answer: Answer = try AdapterServer.run(
            #"""
            import re
            arn = client.create_project(ProjectName="shop", Feature="CONTENT_MODERATION", AutoUpdate="ENABLED")["ProjectArn"]
            described = client.describe_projects(Features=["CONTENT_MODERATION"], ProjectNames=["shop", "other"])["ProjectDescriptions"]
            project = described[0]
            codes = [
                code("create_project", ProjectName="shop", Feature="CONTENT_MODERATION", AutoUpdate="DISABLED"),
                code("create_project", ProjectName="a", AutoUpdate="DISABLED"),
                code("create_project", ProjectName="a", Feature="CUSTOM_LABELS"),
                code("create_project", ProjectName="a", Feature="CONTENT_MODERATION"),
                code("create_project", ProjectName="..", Feature="CONTENT_MODERATION", AutoUpdate="DISABLED"),
                code("describe_projects", Features=["CONTENT_MODERATION"], NextToken="bm9uZQ"),
                code("delete_project", ProjectArn=arn[:-1] + str((int(arn[-1]) + 1) % 10)),
                code("delete_project", ProjectArn=arn.replace("000000000000", "111111111111")),
                code("delete_project", ProjectArn=arn.replace("local", "us-east-1")),
            ]
            answer({
                "pattern": re.fullmatch(r"arn:[a-z\d-]+:rekognition:[a-z\d-]+:\d{12}:project\/[a-zA-Z0-9_.\-]{1,255}\/[0-9]+", arn) is not None,
                "isListed": [p["ProjectArn"] for p in described] == [arn],
                "hidden": client.describe_projects()["ProjectDescriptions"] == [],
                "feature": project["Feature"], "autoUpdate": project["AutoUpdate"], "status": project["Status"],
                "age": time.time() - project["CreationTimestamp"].timestamp(),
                "codes": codes, "deletion": client.delete_project(ProjectArn=arn)["Status"],
                "isGone": client.describe_projects(Features=["CONTENT_MODERATION"])["ProjectDescriptions"] == []})
            """#, at: server)
        #expect(answer.pattern && answer.isListed && answer.hidden && answer.isGone)
        #expect([answer.feature, answer.autoUpdate, answer.status] == ["CONTENT_MODERATION", "ENABLED", "CREATED"])
        #expect(answer.deletion == "DELETING")
        #expect(answer.age >= 0 && answer.age < 60)
        #expect(
            answer.codes == [
                "ResourceInUseException", "InvalidParameterException", "InvalidParameterException",
                "InvalidParameterException", "InvalidParameterException", "InvalidPaginationTokenException",
                "ResourceNotFoundException", "ResourceNotFoundException", "ResourceNotFoundException",
            ])
    }

    /// boto3's own paginator, of every size, while projects come and go; a token of another query; the hundredth and one.
    @Test func pagesHoldEveryProjectOnce() throws {
        struct Answer: Decodable {
            let sizes: [[String]]
            let changed: [String]
            let codes: [String?]
        }
        let answer: Answer = try AdapterServer.run(
            """
            feature = {"Features": ["CONTENT_MODERATION"]}
            arns = {f"p{i}": create(f"p{i}") for i in range(12)}
            def names(pages): return [p["ProjectArn"].split("/")[1] for page in pages for p in page["ProjectDescriptions"]]
            paginator = client.get_paginator("describe_projects")
            sizes = [names(paginator.paginate(**feature, PaginationConfig={"PageSize": n})) for n in (1, 5, 12, 100)]
            first = client.describe_projects(**feature, MaxResults=4)
            client.delete_project(ProjectArn=arns["p8"]); create("new"); client.delete_project(ProjectArn=arns["p5"])
            token = first["NextToken"]
            second = client.describe_projects(**feature, NextToken=token)
            other = code("describe_projects", Features=["CONTENT_MODERATION", "CUSTOM_LABELS"], NextToken=token)
            for i in range(100 - 11): create(f"q{i}")
            answer({"sizes": sizes, "changed": names([first, second]),
                    "codes": [other, code("create_project", ProjectName="over", Feature="CONTENT_MODERATION", AutoUpdate="DISABLED")]})
            """, at: server)
        let all = (0..<12).reversed().map { "p\($0)" }
        #expect(answer.sizes == [all, all, all, all])
        #expect(answer.changed == all.filter { $0 != "p5" })
        #expect(answer.codes == ["InvalidPaginationTokenException", "LimitExceededException"])
    }

    @Test func tagsAreOfProjects() throws {
        struct Answer: Decodable {
            let first, changed, removed: [String: String]
            let codes: [String?]
        }
        let answer: Answer = try AdapterServer.run(
            """
            arn = create("shop", Tags={"team": "trust", "Stage": ""})
            def tags(): return client.list_tags_for_resource(ResourceArn=arn)["Tags"]
            first = tags()
            client.tag_resource(ResourceArn=arn, Tags={"team": "safety", "a b/c:1": "x=+@"})
            changed = tags()
            client.untag_resource(ResourceArn=arn, TagKeys=["Stage", "never there"])
            removed = tags()
            client.tag_resource(ResourceArn=arn, Tags={f"k{i}": "v" for i in range(198)})
            other = arn.replace("shop", "chop")
            codes = [code("tag_resource", ResourceArn=arn, Tags={"one more": "v"}),
                     code("tag_resource", ResourceArn=arn, Tags={"k1": "again"}),
                     code("tag_resource", ResourceArn=arn, Tags={"aws:x": "v"}),
                     code("tag_resource", ResourceArn=other, Tags={"a": "v"}),
                     code("untag_resource", ResourceArn=other, TagKeys=["a"]),
                     code("list_tags_for_resource", ResourceArn=other)]
            answer({"first": first, "changed": changed, "removed": removed, "codes": codes})
            """, at: server)
        #expect(answer.first == ["team": "trust", "Stage": ""])
        #expect(answer.changed == ["team": "safety", "Stage": "", "a b/c:1": "x=+@"])
        #expect(answer.removed == ["team": "safety", "a b/c:1": "x=+@"])
        #expect(
            answer.codes == [
                "ServiceQuotaExceededException", nil, "InvalidParameterException", "ResourceNotFoundException",
                "ResourceNotFoundException", "ResourceNotFoundException",
            ])
    }

    /// A project of which there is a file alone, and an automatic update that the file overrules.
    @Test func projectFilesCount() throws {
        struct Answer: Decodable {
            let before, after: [String: String]
            let isSame: Bool
            let deletion: [String?]
        }
        try shop.project.write("Projects/written/project.yaml", "project: written\nauto_update: true\n")
        try shop.project.write("Projects/empty/.keep", "")
        let answer: Answer = try AdapterServer.run(
            """
            def listed():
                projects = client.describe_projects(Features=["CONTENT_MODERATION"])["ProjectDescriptions"]
                return {p["ProjectArn"]: p["AutoUpdate"] for p in projects}
            served = create("served")
            before = listed()
            open(input["x"] + "/Projects/served/project.yaml", "w").write("project: served\\nauto_update: true\\n")
            open(input["x"] + "/Projects/written/project.yaml", "a").write("description: longer\\n")
            after = listed()
            def short(list): return {arn.split("/")[1]: value for arn, value in list.items()}
            answer({"before": short(before), "after": short(after), "isSame": list(before) == list(after),
                    "deletion": [code("delete_project", ProjectArn=arn) for arn in before]})
            """, shop.project.root.path, at: server)
        #expect(answer.before == ["written": "ENABLED", "served": "DISABLED"])
        #expect(answer.after == ["written": "ENABLED", "served": "ENABLED"])
        #expect(answer.isSame, "an ARN stays when a file is edited")
        #expect(answer.deletion == ["ResourceInUseException", "ResourceInUseException"])
    }

    /// Every operation of Custom Labels alone, of what there is and of what there is not.
    @Test func customLabelsAreRefused() throws {
        let codes: [[String?]] = try AdapterServer.run(
            """
            project = create("shop")
            version = train(project, "adapter", "train.jsonl")
            def both(name, make):
                missing = lambda arn: arn[:-2] + ("11" if arn[-2:] != "11" else "12")
                return [code(name, **make(project, version)), code(name, **make(missing(project), missing(version)))]
            policy = {"PolicyName": "p", "PolicyDocument": "{}"}
            answer([
                both("create_dataset", lambda p, v: {"ProjectArn": p, "DatasetType": "TRAIN"}),
                both("start_project_version", lambda p, v: {"ProjectVersionArn": v, "MinInferenceUnits": 1}),
                both("stop_project_version", lambda p, v: {"ProjectVersionArn": v}),
                both("detect_custom_labels", lambda p, v: {"ProjectVersionArn": v, "Image": {"S3Object": {"Bucket": "photos", "Name": "images/0.png"}}}),
                both("copy_project_version", lambda p, v: {"SourceProjectArn": p, "SourceProjectVersionArn": v, "DestinationProjectArn": p,
                     "VersionName": "copy", "OutputConfig": {"S3Bucket": "results"}}),
                both("put_project_policy", lambda p, v: dict(policy, ProjectArn=p)),
                both("list_project_policies", lambda p, v: {"ProjectArn": p}),
                both("delete_project_policy", lambda p, v: {"ProjectArn": p, "PolicyName": "p"}),
            ] + [[code(name, **{"DatasetArn": project.replace("shop/", "shop/dataset/train/")}, **more)] for name, more in [
                ("describe_dataset", {}), ("delete_dataset", {}), ("list_dataset_entries", {}), ("list_dataset_labels", {}),
                ("update_dataset_entries", {"Changes": {"GroundTruth": b"{}"}})]])
            """, at: server)
        let refused = Array(repeating: ["InvalidParameterException", "ResourceNotFoundException"], count: 8)
        #expect(codes == refused + Array(repeating: ["ResourceNotFoundException"], count: 5))
    }
}
