import BaseModel
import Foundation
import Moderation
import Testing

/// One test per way in which a base model does not open: each has one clear sentence.
@Suite struct OpeningTests {
    private let folder: TemporaryFolder
    private var description: BaseModelDescription

    init() throws {
        folder = try TemporaryFolder()
        description = try TinyModel().description(in: folder)
    }

    private func failure(_ description: BaseModelDescription) -> String {
        do throws(BaseModelError) {
            _ = try BaseModel(description, libraryHint: ShippedModel.library)
            return "opened"
        } catch {
            return error.description
        }
    }

    @Test func opens() {
        #expect(failure(description) == "opened")
    }

    @Test mutating func missingFile() {
        description.file = folder.url.appending(path: "none.onnx")
        let path = description.file.path
        #expect(failure(description) == "the base model's file \(path) is missing; run `make tiny`")
    }

    @Test mutating func unreadableFile() {
        description.file = folder.url
        #expect(failure(description).hasPrefix("the base model's file \(folder.url.path) cannot be read: "))
    }

    @Test mutating func wrongDigest() {
        let actual = description.sha256.short
        description.sha256 = Digest(of: "something else")
        let path = description.file.path
        #expect(
            failure(description)
                == "the base model's file \(path) has SHA-256 \(actual)…, not the described "
                + "\(Digest(of: "something else").short)…; make it again with `make tiny`, or "
                + "describe it with its own `sha256`")
    }

    @Test mutating func truncatedFile() throws {
        let cut = try Data(contentsOf: description.file).prefix(1000)
        try cut.write(to: description.file)
        description.sha256 = Digest(of: cut)
        #expect(failure(description).hasPrefix("ONNX Runtime refuses the base model's file \(description.file.path): "))
    }

    @Test mutating func emptyFile() throws {
        try Data().write(to: description.file)
        description.sha256 = Digest(of: Data())
        #expect(failure(description).hasPrefix("ONNX Runtime refuses the base model's file \(description.file.path): "))
    }

    @Test mutating func wrongNames() {
        let sound = description
        description.outputs.scores = "logits"
        #expect(failure(description) == "the network has no output `logits`; it has `features`, `chances`")
        description = sound
        description.input.name = "images"
        #expect(failure(description) == "the network has no input `images`; it has `pixels`")
    }

    @Test mutating func wrongShape() {
        description.input.width = 9
        #expect(
            failure(description)
                == "the network's `pixels` has the shape [-1, 8, 8, 3], not [1, 8, 9, 3] (-1 is free)")
    }

    @Test mutating func indexOutOfRange() {
        description.labels[Label(path: ["Alcohol"])] = [0, 4]
        #expect(failure(description) == "label `Alcohol` is given place 4 of the network's scores; allowed: 0 to 3")
    }

    @Test func otherElementsAndInputs() throws {
        let integers = try TinyModel(.integers).description(in: folder)
        #expect(failure(integers) == "the network's `chances` does not hold 32-bit floating-point numbers")
        let twoInputs = try TinyModel(.twoInputs).description(in: folder)
        #expect(failure(twoInputs) == "the network needs more inputs than the image: `mask`")
    }

    @Test func missingLibrary() throws {
        let nowhere = folder.url.appending(path: "libonnxruntime.so")
        let environment = [OnnxRuntime.environmentVariable: nowhere.path]
        let error = #expect(throws: BaseModelError.self) {
            try OnnxRuntime(hint: ShippedModel.library, environment: environment)
        }
        let sentence = try #require(error).description
        #expect(sentence.hasPrefix("ONNX Runtime's shared library does not open (\(nowhere.path): "))
        #expect(sentence.hasSuffix("run `make setup`, or set MODERATO_ONNXRUNTIME to its path"))
        let other = #expect(throws: BaseModelError.self) {
            try OnnxRuntime(hint: nil, environment: [OnnxRuntime.environmentVariable: "libc.so.6"])
        }
        #expect(try #require(other).description.contains("it is no ONNX Runtime"))
    }

    @Test func theEnvironmentNamesTheLibrary() throws {
        let library = try #require(ShippedModel.library)
        let environment = [OnnxRuntime.environmentVariable: library.path]
        let runtime = try OnnxRuntime(hint: folder.url.appending(path: "none"), environment: environment)
        #expect(library.lastPathComponent.hasSuffix(runtime.version))
    }
}
