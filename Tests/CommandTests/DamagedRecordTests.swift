import Foundation
import TestSupport
import Testing

/// What a server makes of records that somebody or a failing disk has damaged: it starts, says so, and loses nothing.
@Suite struct DamagedRecordTests {
    private static let damages = ["", "{", "{\"layout\": 99}", "{\"layout\": 1, \"created\": \"yesterday\"}", "[1]"]

    private func file(_ path: String, of shop: AdapterServer) -> URL { shop.project.root.appending(path: path) }

    @Test func aDamagedRecordIsSaidAndNothingIsLost() throws {
        let shop = try AdapterServer(images: 30)
        var server = try shop.start()
        struct Made: Decodable { let project, job: String }
        let made: Made = try AdapterServer.run(
            """
            project = create("shop")
            for name in ("whole", "failed", "adapter"):
                train(project, name, "train.jsonl" if name != "failed" else "images/0.png")
            wait(project, "whole", "adapter")
            wait(project, "failed")
            job = client.start_media_analysis_job(
                OperationsConfig={"DetectModerationLabels": {}}, ClientRequestToken="token",
                Input={"S3Object": {"Bucket": "photos", "Name": "train.jsonl"}}, OutputConfig={"S3Bucket": "results"})["JobId"]
            while client.get_media_analysis_job(JobId=job)["Status"] != "SUCCEEDED": time.sleep(0.1)
            answer({"project": project, "job": job})
            """, at: server)
        #expect(server.stop() == 0)
        let places = [
            "Projects/shop/trainings/failed/training.json", "Projects/shop/adapters/adapter/1/adapter.json",
            "Jobs/\(made.job).json",
        ]
        for damage in Self.damages {
            for place in places { try shop.project.write(place, damage) }
            server = try shop.start()
            struct Answer: Decodable {
                let statuses: [String: String]
                let messages: [String: String]
                let codes: [String?]
            }
            let answer: Answer = try AdapterServer.run(
                """
                project, job = input["x"]
                versions = {v["ProjectVersionArn"].split("/")[3]: v for v in describe(project)}
                again = dict(OperationsConfig={"DetectModerationLabels": {}}, ClientRequestToken="token",
                    Input={"S3Object": {"Bucket": "photos", "Name": "train.jsonl"}}, OutputConfig={"S3Bucket": "results"})
                answer({"statuses": {n: v["Status"] for n, v in versions.items()},
                        "messages": {n: v.get("StatusMessage", "") for n, v in versions.items()},
                        "codes": [code("get_media_analysis_job", JobId=job), code("start_media_analysis_job", **again),
                                  code("create_project_version", **request(project, "failed")),
                                  code("create_project_version", **request(project, "adapter")),
                                  code("delete_project", ProjectArn=project)]})
                """, [made.project, made.job], at: server)
            #expect(
                answer.statuses == ["whole": "TRAINING_COMPLETED", "failed": "TRAINING_FAILED", "adapter": "FAILED"])
            #expect(answer.messages["failed"]?.contains("trainings/failed/training.json, is damaged") == true)
            #expect(answer.messages["adapter"]?.hasPrefix("The adapter cannot be read: ") == true)
            #expect(
                answer.codes == ["ResourceNotFoundException", "ResourceNotFoundException"]
                    + Array(repeating: "ResourceInUseException", count: 3))
            for said in ["trainings/failed/training.json", "adapters/adapter/1/adapter.json", made.job] {
                #expect(server.talk.contains(said), "\(server.talk)")
            }
            #expect(server.stop() == 0)
            for place in places { #expect(try String(contentsOf: file(place, of: shop), encoding: .utf8) == damage) }
        }
        server = try shop.start()
        let left: [String] = try AdapterServer.run(
            """
            for version in describe(input["x"]): client.delete_project_version(ProjectVersionArn=version["ProjectVersionArn"])
            client.delete_project(ProjectArn=input["x"])
            answer([p["ProjectArn"] for p in client.describe_projects(Features=["CONTENT_MODERATION"])["ProjectDescriptions"]])
            """, made.project, at: server)
        #expect(left == [])
    }

    /// A record that cannot be read for now is not taken for one that is missing, and written anew.
    @Test func aProjectWhoseRecordCannotBeReadKeepsItsNameAndTags() throws {
        let shop = try AdapterServer(images: 6)
        var server = try shop.start()
        let arn: String = try AdapterServer.run(#"answer(create("shop", Tags={"a": "b"}))"#, at: server)
        #expect(server.stop() == 0)
        let record = file("Projects/shop/service.json", of: shop), aside = file("aside", of: shop)
        try shop.project.write("Projects/shop/project.yaml", "project: shop\n")
        let harms: [() throws -> Void] =
            [{ try FileManager.default.createDirectory(at: record, withIntermediateDirectories: false) }]
            + Self.damages.map { damage in { try Data(damage.utf8).write(to: record) } }
        for harm in harms {
            try FileManager.default.moveItem(at: record, to: aside)
            try harm()
            server = try shop.start()
            let codes: [[String?]] = try AdapterServer.run(
                """
                answer([[code("create_project", ProjectName="shop", Feature="CONTENT_MODERATION", AutoUpdate="DISABLED"),
                         code("describe_projects", Features=["CONTENT_MODERATION"])]])
                """, at: server)
            #expect(codes == [["ResourceInUseException", nil]])
            #expect(server.talk.contains("Projects/shop/service.json "), "\(server.talk)")
            #expect(server.stop() == 0)
            try FileManager.default.removeItem(at: record)
            try FileManager.default.moveItem(at: aside, to: record)
        }
        server = try shop.start()
        let tags: [String: String] = try AdapterServer.run(
            #"answer(client.list_tags_for_resource(ResourceArn=input["x"])["Tags"])"#, arn, at: server)
        #expect(tags == ["a": "b"])
    }
}
