import Foundation
import TestSupport
import Testing

/// An adapter from its project to its end, with the clients that AWS's users have.
@Suite struct AdapterLifeTests {
    @Test func boto3() throws {
        let folder = try ServiceFolder()
        let server = try folder.start()
        let life: Life = try folder.run("life.py", server, ["dataset": Self.dataset])
        #expect(life.f1 > 0 && life.f1 <= 1)
        for image in life.compared { try expectSame(image) }
        #expect(server.stop() == 0)
    }

    @Test func awsCommandLine() throws {
        let folder = try ServiceFolder()
        let server = try folder.start()
        try expectSame(try folder.run("cli.py", server, ["dataset": Self.dataset]))
    }

    @Test func thePythonOfTheDocumentation() throws {
        let folder = try ServiceFolder()
        let server = try folder.start()
        let page = Oracle.projectRoot.appending(path: "docs/rekognition.md").path
        let blocks: Int = try folder.run("documentation.py", server, ["dataset": Self.dataset, "page": page])
        #expect(blocks == 4)
    }

    /// The base model's answers are those of the command line, number for number.
    private func expectSame(_ image: Compared) throws {
        let own = try Program.run(["detect", image.image, "--min-confidence", "1"], in: Oracle.projectRoot)
        #expect(try JSONDecoder().decode(Detected.self, from: Data(own.output.utf8)) == image.base)
        #expect(!image.base.ModerationLabels.isEmpty)
    }

    static let dataset = Oracle.projectRoot.appending(path: "Datasets/stickers").path

    struct Life: Decodable {
        let f1: Double
        let compared: [Compared]
    }

    struct Compared: Decodable {
        let image: String
        let base: Detected
    }

    struct Detected: Decodable, Equatable {
        let ModerationLabels: [Label]
        let ModerationModelVersion: String

        struct Label: Decodable, Equatable {
            let Confidence: Double
            let Name: String
            let ParentName: String
        }
    }
}

/// The exceptions of the service model.
@Suite struct ServiceErrorTests {
    @Test func everyModelledErrorIsGivenOrSaidNeverToBe() throws {
        let folder = try ServiceFolder()
        let server = try folder.start()
        let messages: [String: String] = try folder.run("errors.py", server, ["dataset": AdapterLifeTests.dataset])
        #expect(messages.values.allSatisfy { !$0.isEmpty && !$0.contains("\n") })
    }
}
