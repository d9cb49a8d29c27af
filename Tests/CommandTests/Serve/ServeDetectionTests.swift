import Foundation
import TestSupport
import Testing

/// DetectModerationLabels, asked with boto3: what `moderato detect` says, bit for bit, or the exception that tells why not.
@Suite struct ServeDetectionTests {
    /// Kinds whose heads differ in what they keep: a number, a vector, the embeddings of training images.
    private static let kinds = ["bias", "ridge", "kernel"]

    private static let experiment =
        TemporaryProject.experiment.components(separatedBy: "adapters:")[0]
        + "adapters:\n" + kinds.map { "  - {kind: \($0), name: \($0)}\n" }.joined()

    private static let asking = """
        def ask(image, **more):
            image = {"Bytes": open(image, "rb").read()} if isinstance(image, str) else image
            try:
                response = client.detect_moderation_labels(Image=image, **more)
                del response["ResponseMetadata"]
                return json.dumps(response, sort_keys=True)
            except client.exceptions.ClientError as error:
                return error.response["Error"]["Code"] + ": " + error.response["Error"]["Message"]

        """

    private struct Question: Encodable {
        let root: String
        var arns: [String] = []
    }

    private func ask<Answer: Decodable>(
        _ question: Question, _ script: String, at server: RunningServer
    ) throws -> Answer {
        try Boto3.run(Self.asking + script, question, at: server)
    }

    private func arn(_ project: AdapterProject, _ name: String) throws -> String {
        let shown = try project.run("adapter", "show", "p/\(name)", "--json").output
        return String(try #require(shown.firstMatch(of: /"(arn:[^"]+)"/)).output.1.replacing("\\/", with: "/"))
    }

    /// A response; confidences as 32-bit numbers, of which equal ones have equal bits.
    private struct Response: Decodable, Equatable {
        struct Label: Decodable, Equatable { let Name, ParentName: String, Confidence: Float }
        let ModerationLabels: [Label]
    }

    /// A line of `moderato detect` on several images.
    private struct Line: Decodable {
        let detection: Response
        private enum CodingKeys: String, CodingKey { case detection = "detect-moderation-labels" }
    }

    private func read<Value: Decodable>(_ text: String, as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    @Test func adaptersDetectWhatTheCommandLineDetects() throws {
        let project = try AdapterProject(Self.experiment)
        for kind in Self.kinds { try project.create(kind, from: kind) }
        let server = try RunningServer(["--base-model", "tiny"], in: project.root)
        let arns = try Self.kinds.map { try arn(project, $0) }
        let answers: [[String]] = try ask(
            Question(root: project.root.path, arns: arns),
            """
            images = [f"{input['x']['root']}/Datasets/d/images/{number}.png" for number in range(60)]
            answer([[ask(image, MinConfidence=0, ProjectVersion=arn) for image in images] for arn in input["x"]["arns"]])
            """, at: server)
        for (kind, found) in zip(Self.kinds, answers) {
            let expected = try project.detections("p/\(kind)")
            let answered = try found.map { try read($0, as: Response.self) }
            #expect(try answered == expected.map { try read($0, as: Line.self).detection }, "\(kind)")
        }
        #expect(Set(answers.map { $0.joined() }).count == 3, "adapters that answer alike tell nothing apart")
    }

    /// A server sees what is done to an adapter that it has open.
    @Test func whatHappensToAnAdapterIsSeen() throws {
        let project = try AdapterProject()
        try project.create()
        let server = try RunningServer(["--base-model", "tiny"], in: project.root)
        let question = Question(root: project.root.path, arns: [try arn(project, "a")])
        func now() throws -> String {
            try ask(
                question,
                "answer(ask(input['x']['root'] + '/Datasets/d/images/0.png', ProjectVersion=input['x']['arns'][0]))",
                at: server)
        }
        let first = try now()
        #expect(first.contains("ModerationLabels"))
        let file = project.file("adapter.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        func write(_ text: String) throws { try Data(text.utf8).write(to: file, options: .atomic) }
        try write(text.replacing("\"trained\"", with: "\"deprecated\""))
        #expect(try now() == first)
        try write(text.replacing("\"trained\"", with: "\"candidate\""))
        #expect(try now().contains(/ResourceNotReadyException: the adapter arn:.* is a candidate/))
        try write("{")
        #expect(
            try now().contains(
                /ResourceNotReadyException: the adapter arn:.* cannot be used: its files on this server are damaged/))
        try write(text)
        #expect(try now() == first)
        let heads = project.file("trial.h5")
        let bytes = try Data(contentsOf: heads)
        try bytes.prefix(bytes.count / 2).write(to: heads, options: .atomic)
        try write(text)
        #expect(try now().contains(/ResourceNotReadyException: .*its files on this server are damaged/))
        try bytes.write(to: heads, options: .atomic)
        #expect(try now() == first)
        #expect(try project.run("adapter", "delete", "p/a/1", "--yes").status == 0)
        #expect(try now().contains("ResourceNotFoundException: "))
        // Which files is for who runs the server.
        #expect(server.stop() == 0)
        #expect(server.talk.contains(/fault=.*adapter.json is damaged/))
        #expect(server.talk.contains(/fault=.*trial.h5 is damaged/))
    }

    /// Amazon Rekognition ignores such an adapter in silence; here it is an error that names both base models.
    @Test func anAdapterOfAnotherBaseModelIsRefused() throws {
        let project = try AdapterProject()
        try project.create()
        try project.writeOtherBaseModel()
        let server = try RunningServer(["--base-model", "other"], in: project.root)
        let arn = try arn(project, "a")
        let answers: [String] = try ask(
            Question(root: project.root.path, arns: [arn]),
            """
            image = input["x"]["root"] + "/Datasets/d/images/0.png"
            mine = input["x"]["arns"][0]
            answer([ask(image, ProjectVersion=arn) for arn in [
                mine, mine.replace("000000000000", "123456789012"), mine + "1", mine.replace("/p/", "/q/")]])
            """, at: server)
        #expect(
            answers[0].contains(
                /ResourceNotReadyException: .* trained on base model tiny \([0-9a-f]{12}\), and this server answers with other/
            ),
            "\(answers[0])")
        #expect(
            !answers[0].contains(".yaml") && !answers[0].contains(project.root.path),
            "where files are is nobody's business")
        #expect(answers.dropFirst().allSatisfy { $0.hasPrefix("ResourceNotFoundException: ") }, "\(answers)")
    }

    @Test func imagesInBucketsAndOfEveryKind() throws {
        let project = try TemporaryProject()
        try project.makeImages(1)
        let server = try RunningServer(["--base-model", "tiny"], in: project.root)
        let answers: [String: String] = try ask(
            Question(root: project.root.path),
            """
            import io, os
            from PIL import Image
            root = input["x"]["root"]
            os.makedirs(root + "/s3/bucket/a", exist_ok=True)
            file = root + "/Datasets/d/images/0.png"
            data = open(file, "rb").read()
            open(root + "/s3/bucket/a/0.png", "wb").write(data)
            with open(root + "/s3/bucket/large", "wb") as large: large.truncate(15 * 2**20 + 1)
            def image(kind, size=(40, 30), **more):
                file = io.BytesIO()
                Image.new("RGB", size, "red").save(file, kind, **more)
                return {"Bytes": file.getvalue()}
            here = {"Bucket": "bucket", "Name": "a/0.png"}
            answer({
                "bytes": ask(file, MinConfidence=0), "object": ask({"S3Object": here}, MinConfidence=0),
                "jpeg": ask(image("JPEG")), "webp": ask(image("WEBP")), "gif": ask(image("GIF")), "tiny": ask(image("PNG", (1, 1))),
                "wide": ask(image("PNG", (10001, 1))), "edge": ask(image("PNG", (10000, 1))),
                "bomb": ask(image("PNG", (9000, 9000))), "cut": ask({"Bytes": image("JPEG", (400, 400))["Bytes"][:-200]}),
                "version": ask({"S3Object": {**here, "Version": "1"}}), "both": ask({"S3Object": here, "Bytes": data}),
                "neither": ask({}), "no key": ask({"S3Object": {**here, "Name": "b"}}),
                "no bucket": ask({"S3Object": {**here, "Bucket": "other"}}),
                "outside": ask({"S3Object": {**here, "Name": "../../Datasets/d/images/0.png"}}),
                "large": ask({"S3Object": {**here, "Name": "large"}}),
                "review": ask(file, HumanLoopConfig={"HumanLoopName": "n", "FlowDefinitionArn": "arn"}),
            })
            """, at: server)
        #expect(answers["bytes"] == answers["object"])
        for name in ["bytes", "jpeg", "webp", "tiny", "edge"] {
            #expect(answers[name]?.hasPrefix("{") == true, "\(name)")
        }
        // The wording of Amazon's own, from awsdocs/aws-doc-sdk-examples#4848.
        #expect(
            answers["wide"]
                == "ImageTooLargeException: Input image dimensions 10001 x 1 exceed maximum dimension size of 10000 pixels"
        )
        let expected = [
            "gif": "InvalidImageFormat", "bomb": "ImageTooLarge", "cut": "InvalidImageFormat",
            "version": "InvalidParameter",
            "both": "InvalidParameter", "neither": "InvalidParameter", "no key": "InvalidS3Object",
            "no bucket": "InvalidS3Object", "outside": "InvalidS3Object", "large": "ImageTooLarge",
            "review": "InvalidParameter",
        ]
        for (name, code) in expected {
            #expect(answers[name]?.hasPrefix(code + "Exception: ") == true, "\(name): \(answers[name] ?? "")")
        }
    }
}
