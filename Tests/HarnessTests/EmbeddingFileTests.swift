import BaseModel
import Foundation
import Harness
import Imaging
import Moderation
import TestSupport
import Testing

/// Embeddings in a base-model file: what is read, and each misuse at its place.
@Suite struct EmbeddingFileTests {
    private func read(_ embeddings: String, in project: TemporaryProject) throws -> BaseModelDescription {
        try project.write("m.yaml", TemporaryProject.baseModel() + "\n" + embeddings)
        return try BaseModelFile.read(project.root.appending(path: "m.yaml"))
    }

    /// What is said of `marked`, held against its markers.
    private func check(_ marked: String, _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation) throws
    {
        let text = MarkedText(TemporaryProject.baseModel() + "\n" + marked)
        let project = try TemporaryProject()
        try project.write("m.yaml", text.text)
        do {
            _ = try BaseModelFile.read(project.root.appending(path: "m.yaml"))
            Issue.record("no finding", sourceLocation: sourceLocation)
        } catch {
            let said = error.all.map { finding in
                "\(finding.place.map { "\($0.line):\($0.column)" } ?? "-"): \(finding.message)"
                    + (finding.hint.map { " (\($0))" } ?? "")
            }
            #expect(said == zip(text.places, expected).map { "\($0): \($1)" }, sourceLocation: sourceLocation)
            #expect(text.places.count == expected.count, sourceLocation: sourceLocation)
        }
    }

    @Test func everyKeyIsRead() throws {
        let project = try TemporaryProject()
        let sha256 = String(repeating: "ab", count: 32)
        let model = try read(
            """
            embeddings:
              rich:
                - views: [plain, flip, greyscale, trim, {background: "#808080"}, {trim: 288}, {size: 320}]
                - file: other.onnx
                  sha256: \(sha256)
                  install: make other
                  input: {name: pixels, size: [240, 250], deviation: [2, 3, 4]}
                  output: features
                  views: [plain]
              second: [{views: [flip]}]
            """, in: project)
        #expect(model.embeddings.map(\.name) == ["rich", "second"])
        let encoders = model.embeddings[0].encoders
        #expect(model.embeddings[0].passes == 8)
        #expect(encoders[0].file == model.file && encoders[0].sha256 == model.sha256)
        #expect(encoders[0].install == "make setup" && encoders[0].output == "embedding")
        #expect(encoders[0].input == model.input)
        let grey = RGBColor(red: 128, green: 128, blue: 128)
        #expect(
            encoders[0].views == [
                .plain, .flip, .greyscale, .trim(side: nil), .background(grey), .trim(side: 288), .size(320),
            ])
        var input = model.input
        (input.name, input.height, input.width, input.deviation) = ("pixels", 240, 250, [2, 3, 4])
        #expect(encoders[1].input == input)
        #expect(encoders[1].file.path == project.root.appending(path: "other.onnx").path)
        #expect(encoders[1].sha256.description == sha256)
        #expect(encoders[1].install == "make other" && encoders[1].output == "features")
    }

    @Test func theShippedModelDeclaresThreeNetworksAndElevenPasses() throws {
        let file = Oracle.projectRoot.appending(path: "Experiments/base-models/imagenet-moderation.yaml")
        let model = try BaseModelFile.read(file)
        #expect(model.embeddings.map(\.name) == ["rich"])
        #expect(model.embeddings[0].encoders.map(\.views.count) == [7, 2, 2])
        #expect(model.embeddings[0].encoders.map(\.input.height) == [224, 240, 260])
        #expect(model.embeddings[0].encoders.allSatisfy { $0.install == "make rich" })
    }

    /// What published reports rest on, and name: had the digest changed, every finished trial would be another one.
    @Test func theShippedBaseModelIsTheOneItWasWithoutEmbeddings() throws {
        let file = Oracle.projectRoot.appending(path: "Experiments/base-models/imagenet-moderation.yaml")
        var model = try BaseModelFile.read(file)
        let digest = model.digest
        model.embeddings = []
        #expect(model.digest == digest)
        #expect(digest.short == "03dfe2365336")
    }

    @Test func formIsChecked() throws {
        try check(
            """
            embeddings:
              rich:
                - views: [plain, 1️⃣flipp, {2️⃣zoom: 3}, {trim: 3️⃣0}, {size: 4️⃣5000}]
                - 5️⃣file: other.onnx
                - {views: 6️⃣[], 7️⃣layout: nhwc}
            """,
            [
                "`views` is one of `plain`, `flip`, `greyscale`, `trim`, or a mapping with the keys `background`, `trim`,"
                    + " `size`, given `flipp` (did you mean `flip`?)",
                "unknown key `zoom` in `views`; allowed are `background`, `trim`, `size`",
                "`trim` is a whole number from 1 to 4096, given `0`",
                "`size` is a whole number from 1 to 4096, given `5000`",
                "the key `views` is missing in `rich` (`views`: what the network is shown of each image)",
                "`views` is a list, each element one of `plain`, `flip`, `greyscale`, `trim`, or a mapping with the keys"
                    + " `background`, `trim`, `size`, given an empty list",
                "unknown key `layout` in `rich`; allowed are `file`, `sha256`, `install`, `input`, `output`, `views`",
            ])
    }

    @Test func valuesAreChecked() throws {
        try check(
            """
            embeddings:
              1️⃣-x: [{views: [plain]}]
              rich:
                - 2️⃣{file: other.onnx, views: [plain]}
                - {sha256: 3️⃣abc, install: 4️⃣make other, views: [plain]}
                - {file: other.onnx, sha256: 5️⃣abc, views: [plain]}
                - views: [6️⃣{trim: 9, size: 8}, {background: 7️⃣grey}]
                - {input: {size: 8️⃣[3]}, views: [plain]}
            """,
            [
                "the name of an embedding is a name of at most 100 letters, digits, `.`, `_` and `-`, given `-x`",
                "the key `sha256` is missing beside `file` (`sha256sum` prints it)",
                "`sha256` needs a `file`; without one the base model's own network is meant",
                "`install` needs a `file`; without one the base model's own network is meant",
                "`sha256` is 64 hexadecimal digits, given 3 characters",
                "a view is one thing, given 2 (write each as an element of its own: `{trim: 288}, {size: 320}`)",
                "`background` is a colour such as \"#ffffff\", given `grey`",
                "`size` is height and width in pixels, given 1 numbers",
            ])
    }

    @Test func contradictionsAreFoundAtTheirPlaces() throws {
        try check(
            """
            embeddings:
              plain: 1️⃣[{views: [plain]}]
              rich:
                - views: 2️⃣[flip, {size: 9}, {size: 9}]
                - {input: {mean: 3️⃣[1, 2]}, views: [plain]}
            """,
            [
                "embeddings.plain: this is the name of the base model's own single pass",
                "embeddings.rich.1.views: `size 9` is listed twice",
                "embeddings.rich.2.input.mean: [1.0, 2.0]; allowed: 3 numbers",
            ])
    }

    @Test func anAdapterNamesADeclaredEmbedding() throws {
        let project = try TemporaryProject()
        try project.write(
            "Experiments/base-models/tiny.yaml",
            TemporaryProject.baseModel() + "\nembeddings: {rich: [{views: [plain, flip]}]}")
        let lines = "\n  - {name: a, kind: ridge, embedding: rich}\n  - {name: b, kind: ridge, embedding: plain}"
        let adapters = try Experiment(file: project.experiment(TemporaryProject.experiment + lines)).adapters
        #expect(adapters.suffix(2).map(\.embedding?.name) == ["rich", nil])
        #expect(adapters.suffix(2).map(\.summary).last == adapters.last?.recipe.summary)
        #expect(adapters[adapters.count - 2].summary.hasSuffix("; embedding `rich`: 2 passes an image, 1 network"))

        let wrong = "\n  - {name: c, kind: ridge, embedding: rihc}"
        let file = try project.experiment(TemporaryProject.experiment + wrong)
        do throws(Findings) {
            _ = try Experiment(file: file)
            Issue.record("no finding")
        } catch {
            #expect(
                error.all.map(\.message) == [
                    "base model `tiny` has no embedding `rihc`; known are `plain`, `rich`"
                ])
            #expect(error.all[0].hint == "did you mean `rich`?")
            #expect(error.all[0].place?.line == 12)
        }
    }
}
