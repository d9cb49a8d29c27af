import Foundation
import TestSupport
import Testing

/// A server whose buckets are those of moto, against one whose buckets are folders.
@Suite struct ServedEndpointTests {
    private struct Outcome: Decodable {
        let statuses: [String]
        let job: String
        let arn: String
    }

    private static let script = """
        project = create("shop")
        arn = train(project, "v", "odd.jsonl")
        statuses = [wait(project, "v")[0]["Status"]]
        job = client.start_media_analysis_job(
            OperationsConfig={"DetectModerationLabels": {"MinConfidence": 1, "ProjectVersion": arn}},
            Input={"S3Object": {"Bucket": "photos", "Name": "odd.jsonl"}}, OutputConfig={"S3Bucket": "results"})["JobId"]
        while True:
            described = client.get_media_analysis_job(JobId=job)
            if described["Status"] in ("SUCCEEDED", "FAILED"): break
            time.sleep(0.1)
        answer({"statuses": statuses + [described["Status"]], "job": job, "arn": arn})
        """

    /// Keys that a URL, a signature or a line of JSON writes in another way.
    private static let names = ["a b", "a+b", "a%20b", "100%", "a&b=c", "#x?y", "日本", "ü"]

    private func shop() throws -> AdapterServer {
        let shop = try AdapterServer(images: 40)
        let photos = shop.project.root.appending(path: "s3/photos")
        let keys = (0..<40).map { "images/\(Self.names[$0 % Self.names.count])\($0).png" }
        for (index, key) in keys.enumerated() {
            try FileManager.default.moveItem(
                at: photos.appending(path: "images/\(index).png"), to: photos.appending(path: key))
        }
        try shop.write(
            "odd.jsonl",
            keys.enumerated().map { AdapterServer.line($0).replacing("images/\($0).png", with: $1) })
        return shop
    }

    /// The results by name, with what tells one run from another made alike.
    private func normal(_ results: [String: Data], _ outcome: Outcome) -> [String: String] {
        var texts: [String: String] = [:]
        for (name, bytes) in results {
            texts[name.replacing(outcome.job, with: "JOB")] = String(decoding: bytes, as: UTF8.self)
                .replacing(outcome.arn, with: "ARN").replacing(/20[0-9-]+T[0-9:]+Z/, with: "TIME")
        }
        return texts
    }

    /// The same training and the same bulk job have the same results, byte for byte, and the same heads.
    @Test(arguments: [true, false]) func anEndpointHasTheResultsOfAFolder(isNamedByOption: Bool) throws {
        let moto = try PythonServer.moto()
        let (local, remote) = (try shop(), try shop())
        let own: Outcome = try AdapterServer.run(Self.script, at: local.start())
        let buckets = remote.project.root.appending(path: "s3")
        let _: Bool = try Boto3.run(
            """
            import os
            for bucket in ("photos", "results"): client.create_bucket(Bucket=bucket)
            root = input["x"] + "/photos/"
            for folder, _, names in os.walk(root):
                for name in names:
                    path = os.path.join(folder, name)
                    client.put_object(Bucket="photos", Key=path[len(root):], Body=open(path, "rb").read())
            answer(True)
            """, buckets.path, at: moto)
        try FileManager.default.removeItem(at: buckets)
        var environment = moto.s3Environment
        if isNamedByOption { environment["AWS_ENDPOINT_URL_S3"] = "" }
        let server = try remote.start(isNamedByOption ? ["--s3", moto.address] : [], environment: environment)
        let other: Outcome = try AdapterServer.run(Self.script, at: server)
        #expect(own.statuses == ["TRAINING_COMPLETED", "SUCCEEDED"] && other.statuses == own.statuses)
        let texts: [String: String] = try Boto3.run(
            """
            listed = client.list_objects_v2(Bucket="results")["Contents"]
            answer({o["Key"]: client.get_object(Bucket="results", Key=o["Key"])["Body"].read().decode() for o in listed})
            """, at: moto)
        let expected = normal(try local.project.files(below: "s3/results"), own)
        #expect(expected.count == 7)
        #expect(normal(texts.mapValues { Data($0.utf8) }, other) == expected)
        let heads = "Projects/shop/adapters/v/1/trial.h5"
        #expect(
            try Data(contentsOf: remote.project.root.appending(path: heads))
                == Data(contentsOf: local.project.root.appending(path: heads)))
        #expect(!FileManager.default.fileExists(atPath: buckets.path))
    }
}
