import Foundation
import TestSupport
import Testing

/// Experiments on datasets in a storage: local buckets, and moto's S3.
@Suite("Datasets at s3://", .serialized)
final class StoredDatasetTests {
    /// One server for all tests, which come one after another: it takes a second to start.
    private static let moto = Result { try PythonServer.moto() }
    private let server: PythonServer
    private let project: TemporaryProject

    init() throws {
        server = try Self.moto.get()
        try server.reset()
        project = try TemporaryProject()
        try project.makeImages(24)
    }

    /// The variables of a run: without `storage`, no endpoint is configured.
    private func environment(_ storage: Bool) -> [String: String] {
        var variables = ["MODERATO_S3": "", "AWS_ENDPOINT_URL": ""]
        for (name, value) in server.s3Environment { variables[name] = storage ? value : "" }
        return variables
    }

    /// Puts the dataset `d`, and `others`, into the bucket `photos` of moto, below `sets/d/`.
    private func upload(_ others: [String: String] = [:]) throws {
        let script = """
            import os
            x = input["x"]
            client.create_bucket(Bucket="photos")
            for folder, _, names in os.walk(x["folder"]):
                for name in names:
                    file = os.path.join(folder, name)
                    client.upload_file(file, "photos", "sets/d/" + os.path.relpath(file, x["folder"]))
            for key, text in x["others"].items(): client.put_object(Bucket="photos", Key=key, Body=text.encode())
            answer({})
            """
        struct Input: Encodable { let folder: String, others: [String: String] }
        let input = Input(folder: project.root.appending(path: "Datasets/d").path, others: others)
        _ = try Boto3.run(script, input, at: server, as: [String: String].self)
    }

    /// Copies the dataset `d` into the bucket `photos` of the project's own folder.
    private func copyToLocalBucket() throws {
        let sets = project.root.appending(path: "s3/photos/sets")
        try FileManager.default.createDirectory(at: sets, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: project.root.appending(path: "Datasets/d"), to: sets.appending(path: "d"))
    }

    private func experiment(_ dataset: String) throws -> String {
        try project.experiment(TemporaryProject.experiment.replacing("dataset: d", with: "dataset: \(dataset)")).path
    }

    private struct Line: Decodable { let trial: String }

    private func ids(_ dataset: String, storage: Bool) throws -> [String] {
        let plan = try Program.run(
            ["plan", experiment(dataset), "--json"], environment: environment(storage))
        try #require(plan.status == 0, "\(plan.talk)")
        return try JSONDecoder().decode([Line].self, from: Data(plan.output.utf8)).map(\.trial).sorted()
    }

    @Test("A dataset has the same trials and the same report in a folder, in a local bucket and at an endpoint")
    func sameTrials() throws {
        try upload()
        try copyToLocalBucket()
        let expected = try ids("d", storage: false)
        #expect(!expected.isEmpty)
        let report = try results("d", storage: false)
        #expect(!report.isEmpty)
        for dataset in ["s3://photos/sets/d/", "s3://photos/sets/d", "s3://photos/sets/d/manifest.jsonl"] {
            for storage in [false, true] {
                #expect(try ids(dataset, storage: storage) == expected, "\(dataset) \(storage)")
            }
        }
        for storage in [false, true] {
            let other = try results("s3://photos/sets/d/", storage: storage)
            #expect(other.keys.sorted() == report.keys.sorted())
            for (path, bytes) in report where other[path] != bytes {
                Issue.record("\(path) differs: \(String(decoding: other[path] ?? Data(), as: UTF8.self).prefix(3000))")
            }
        }
        // A second run finds everything finished, and fetches no image again.
        let before = try server.counts()["GET 200", default: 0]
        let again = try Program.run(
            ["run", experiment("s3://photos/sets/d/"), "--quiet"], environment: environment(true))
        #expect(again.status == 0, "\(again.talk)")
        // dataset.yaml and the manifest.
        #expect(try server.counts()["GET 200", default: 0] - before <= 4)
    }

    /// What a run in an empty store publishes.
    private func results(_ dataset: String, storage: Bool) throws -> [String: Data] {
        for folder in [".moderato", "Results"] {
            try? FileManager.default.removeItem(at: project.root.appending(path: folder))
        }
        let run = try Program.run(["run", experiment(dataset), "--quiet"], environment: environment(storage))
        try #require(run.status == 0, "\(run.talk)")
        return try project.files(below: "Results").filter { !$0.key.hasSuffix(".html") }
    }

    @Test("A Rekognition manifest names keys of a bucket, from wherever it lies")
    func rekognition() throws {
        let lines = (0..<24).map { index in
            let labels = index % 3 == 0 ? #"{"Name":"Alcohol"}"# : ""
            return #"{"source-ref":"s3://photos/sets/d/images/\#(index).png","content-moderation-groundtruth":"#
                + #"{"ModerationLabels":[\#(labels)]}}"#
        }.joined(separator: "\n")
        try upload(["lists/train.jsonl": lines])
        try copyToLocalBucket()
        try project.write("s3/photos/lists/train.jsonl", lines)
        let local = try ids("s3://photos/lists/train.jsonl", storage: false)
        #expect(!local.isEmpty)
        #expect(try ids("s3://photos/lists/train.jsonl", storage: true) == local)
        // The same images and labels in a folder.
        try project.write("s3/photos/train.jsonl", lines)
        #expect(try ids("../s3/photos/train.jsonl", storage: false) == local)
    }

    @Test("`check` fetches the manifest, but no image")
    func check() throws {
        try upload()
        let check = try Program.run(
            ["check", experiment("s3://photos/sets/d/")], environment: environment(true))
        #expect(check.status == 0, "\(check.talk)")
        #expect(try server.counts().filter { $0.key.hasPrefix("GET") } == ["GET 200": 2])
        #expect(!FileManager.default.fileExists(atPath: project.root.appending(path: ".moderato/s3").path))
    }

    @Test("A test dataset may be at s3:// too")
    func testDataset() throws {
        try upload()
        let text = TemporaryProject.experiment.replacing(
            "split: {training: 0.5, test: 0.5, repeats: 2, seed: 1}",
            with: "split: {test_dataset: s3://photos/sets/no/}")
        let check = try Program.run(
            ["check", project.experiment(text).path], environment: environment(true))
        #expect(check.status != 0)
        #expect(
            check.talk.contains("e.yaml:8:") && check.talk.contains("no dataset at s3://photos/sets/no/"),
            "\(check.talk)")
    }

    @Test("Every mistake is a finding at its place")
    func mistakes() throws {
        try upload([
            "bad/words.jsonl": "not a manifest\n", "bad/binary.jsonl": "\u{FFFD}", "empty/manifest.jsonl": "",
            "yaml/dataset.yaml": "dataset: y\ntaxonomy: \"6.1\"\nmanifest: other.jsonl\n",
            "two/manifest.jsonl":
                #"{"source-ref":"s3://photos/a.png","content-moderation-groundtruth":{"ModerationLabels":[]}}"#
                + "\n"
                + #"{"source-ref":"s3://others/a.png","content-moderation-groundtruth":{"ModerationLabels":[]}}"#,
        ])
        let expected: [(dataset: String, place: String, words: String)] = [
            ("s3://nowhere/sets/d/", "e.yaml:6:10", "there is no bucket `nowhere`"),
            ("s3://photos/none/", "e.yaml:6:10", "neither a dataset.yaml nor a manifest.jsonl"),
            ("s3://photos/none.jsonl", "e.yaml:6:10", "there is no object s3://photos/none.jsonl"),
            ("s3://photos/sets/d/images/0.png", "e.yaml:6:10", "neither a dataset.yaml nor a manifest.jsonl"),
            ("s3://", "e.yaml:6:10", "names no bucket"), ("s3://a b/c", "e.yaml:6:10", "a bucket has 3 to 255"),
            ("s3://photos/bad/words.jsonl", "s3://photos/bad/words.jsonl:1:1", "not a JSON object"),
            ("s3://photos/empty/", "s3://photos/empty/manifest.jsonl", "has no line"),
            ("s3://photos/yaml/", "s3://photos/yaml/dataset.yaml", "there is no object s3://photos/yaml/other.jsonl"),
            ("s3://photos/two/", "s3://photos/two/manifest.jsonl:2", "the bucket `others`"),
        ]
        for (dataset, place, words) in expected {
            let check = try Program.run(["check", experiment("\"\(dataset)\"")], environment: environment(true))
            #expect(check.status == 2 || check.status == 1, "\(check.status)")
            #expect(check.talk.contains(place) && check.talk.contains(words), "\(dataset): \(check.talk)")
        }
        var wrong = environment(true)
        wrong["AWS_SECRET_ACCESS_KEY"] = "open-sesame"
        let denied = try Program.run(["check", experiment("s3://photos/sets/d/")], environment: wrong)
        #expect(denied.talk.contains("e.yaml:6:10") && denied.talk.contains("SignatureDoesNotMatch"), "\(denied.talk)")
        #expect(!denied.talk.contains("open-sesame"))
        wrong["AWS_SECRET_ACCESS_KEY"] = ""
        let half = try Program.run(["check", experiment("s3://photos/sets/d/")], environment: wrong)
        #expect(
            half.talk.contains("e.yaml:6:10") && half.talk.contains("AWS_SECRET_ACCESS_KEY is not set"), "\(half.talk)")
    }

    @Test("An image that is gone is named")
    func missingImage() throws {
        try upload()
        _ = try Boto3.run(
            "client.delete_object(Bucket='photos', Key='sets/d/images/5.png')\nanswer({})", at: server,
            as: [String: String].self)
        let run = try Program.run(
            ["run", experiment("s3://photos/sets/d/"), "--quiet"], environment: environment(true))
        #expect(run.status != 0)
        #expect(run.talk.contains("images/5.png: there is no object s3://photos/sets/d/images/5.png"), "\(run.talk)")
    }

    @Test("Another folder of buckets is named by MODERATO_S3")
    func otherFolder() throws {
        try copyToLocalBucket()
        try FileManager.default.moveItem(
            at: project.root.appending(path: "s3"), to: project.root.appending(path: "elsewhere"))
        var variables = environment(true)
        variables["MODERATO_S3"] = project.root.appending(path: "elsewhere").path
        let check = try Program.run(["check", experiment("s3://photos/sets/d/")], environment: variables)
        #expect(check.status == 0, "\(check.talk)")
    }
}
