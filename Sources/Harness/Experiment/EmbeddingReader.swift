internal import BaseModel
internal import Foundation
internal import Imaging
internal import Moderation

/// Reads the richer embeddings that a base-model file declares.
struct EmbeddingReader {
    /// The base model they belong to: what an encoder leaves out is as there.
    let baseModel: BaseModelDescription
    /// Where relative paths start from.
    let folder: URL
    private(set) var findings: [Finding] = []

    init(baseModel: BaseModelDescription, folder: URL) {
        self.baseModel = baseModel
        self.folder = folder
    }

    /// The embeddings in `value`, in the order of the file.
    mutating func embeddings(in value: YAMLValue?) -> [EmbeddingDescription] {
        (value?.entries ?? []).map { entry in
            if !ShapeChecker.isName(entry.key) {
                findings.append(
                    Finding("the name of an embedding is \(Shape.name.phrase), given `\(entry.key)`", at: entry.place))
            }
            return EmbeddingDescription(name: entry.key, encoders: entry.value.elements.compactMap { encoder($0) })
        }
    }

    private mutating func encoder(_ value: YAMLValue) -> EncoderDescription? {
        let views = (value["views"]?.elements ?? []).compactMap { view($0) }
        let input = value["input"].map { $0.input(inheriting: baseModel.input, &findings) } ?? baseModel.input
        guard let input, let network = network(value) else { return nil }
        return EncoderDescription(
            file: network.file, sha256: network.sha256, install: network.install, input: input,
            output: value["output"]?.text ?? baseModel.outputs.embedding, views: views)
    }

    /// The network's file: the base model's own where none is named.
    private mutating func network(_ value: YAMLValue) -> (file: URL, sha256: Digest, install: String?)? {
        guard let file = value["file"]?.file(from: folder) else {
            for key in ["sha256", "install"] {
                guard let given = value[key] else { continue }
                findings.append(
                    Finding(
                        "`\(key)` needs a `file`; without one the base model's own network is meant", at: given.place))
            }
            return (baseModel.file, baseModel.sha256, baseModel.install)
        }
        guard let sha256 = value["sha256"] else {
            findings.append(
                Finding("the key `sha256` is missing beside `file`", at: value.place, hint: "`sha256sum` prints it"))
            return nil
        }
        return sha256.sha256(&findings).map { (file, $0, value["install"]?.text) }
    }

    private mutating func view(_ value: YAMLValue) -> View? {
        if let text = value.text { return Self.views.first { $0.description == text } }
        guard value.entries.count == 1, let entry = value.entries.first else {
            findings.append(
                Finding(
                    "a view is one thing, given \(value.entries.isEmpty ? "none" : "\(value.entries.count)")",
                    at: value.place, hint: "write each as an element of its own: `{trim: 288}, {size: 320}`"))
            return nil
        }
        switch entry.key {
        case "background": return entry.value.color(&findings).map(View.background)
        case "trim": return .trim(side: entry.value.integer)
        case "size": return entry.value.integer.map(View.size)
        default: return nil
        }
    }
}

extension EmbeddingReader {
    /// What one network of an embedding may say.
    static let shape = Shape.mapping([
        .init("file", .text, default: "the base model's own", "the ONNX file, relative to this file"),
        .init("sha256", .text, "the SHA-256 of the ONNX file; required with `file`"),
        .init("install", .text, "the command that makes the file where it is missing"),
        .init("input", BaseModelFile.inheritingInputShape, "where its input differs from the base model's"),
        .init("output", .text, default: "the base model's `embedding`", "the output that is averaged over the views"),
        .init("views", .list(viewShape), required: true, "what the network is shown of each image"),
    ])

    /// The views that a word says; it is their description.
    private static let views: [View] = [.plain, .flip, .greyscale, .trim(side: nil)]

    private static let side = Shape.integer(1...BaseModelDescription.maximumSide)

    private static let viewShape = Shape.either([
        .word(views.map(\.description)),
        .mapping([
            .init("background", .text, "on this colour instead of its own background"),
            .init("trim", side, "the content alone, so many pixels a side"),
            .init("size", side, "so many pixels a side"),
        ]),
    ])
}
