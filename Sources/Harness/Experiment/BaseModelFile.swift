internal import BaseModel
internal import Imaging
internal import Moderation

/// Reads base-model files: a user's own ONNX model is such a file, not code.
public enum BaseModelFile {
    /// What a base-model file may contain.
    public static let shape = Shape.mapping([
        .init("base_model", .name, required: true, "the model's name"),
        .init("version", .text, required: true, "the version of this description"),
        .init("description", .text, "what it is, in one sentence"),
        .init("taxonomy", .word(Taxonomy.all.map(\.version)), required: true, "the taxonomy its labels are paths in"),
        .init("file", .text, required: true, "the ONNX file, relative to this file"),
        .init("sha256", .text, required: true, "the SHA-256 of the ONNX file"),
        .init("install", .text, "the command that makes the file where it is missing"),
        .init("input", inputShape, required: true, "how pixels become the input tensor"),
        .init("outputs", outputsShape, required: true, "names of the graph's outputs"),
        .init("scoring", scoringShape, required: true, "how score outputs become logits of confidence"),
        .init(
            "labels", .table(keys: "label paths", .oneOrMore(.integer(0...Int.max))), required: true,
            "the score outputs that speak for each label"),
        .init(
            "uncovered", .list(.text), "labels that no output speaks for, with all below: the base never detects them"),
        .init(
            "embeddings", .table(keys: "names", .list(EmbeddingReader.shape)),
            "richer embeddings than `plain`, the network's own single pass: the networks of each, one after the other"),
    ])

    private static let three = Shape.list(.number(NumberRange()))

    private static let inputShape = Shape.mapping(inputKeys)

    /// Of an input that leaves to the base model's what it does not say.
    static let inheritingInputShape = Shape.mapping(inputKeys.map { .init($0.name, $0.shape, $0.summary) })

    private static let inputKeys: [Shape.Key] = [
        .init("name", .text, required: true, "name of the graph's input"),
        .init("layout", .word(TensorLayout.allCases.map(\.rawValue)), required: true, "order of the tensor's axes"),
        .init(
            "size", .list(.integer(1...BaseModelDescription.maximumSide)), required: true, "height and width in pixels"),
        .init(
            "resize", .word(ImageFit.allCases.map(\.rawValue)), default: "squash",
            "how an image of another shape is fitted"),
        .init(
            "filter", .word(ResamplingFilter.allCases.map(\.rawValue)), default: "bilinear", "the resampling filter"),
        .init("color", .word(ChannelOrder.allCases.map(\.rawValue)), default: "rgb", "order of the channels"),
        .init("background", .text, default: "\"#ffffff\"", "what transparent art is composed on"),
        .init("mean", three, default: "[0, 0, 0]", "subtracted from each channel, values 0 to 255"),
        .init("deviation", three, default: "[1, 1, 1]", "divides each channel after that"),
    ]

    private static let outputsShape = Shape.mapping([
        .init("embedding", .text, required: true, "the output that adapters learn from"),
        .init("scores", .text, required: true, "the output that base scores are made of"),
    ])

    private static let scoringShape = Shape.mapping([
        .init("rule", .word(ScoringRule.allCases.map(\.rawValue)), required: true, "what a score output means"),
        .init("scale", .number(NumberRange(from: 0, includesLower: false)), default: "1", "multiplies the logit"),
        .init("offset", .number(NumberRange()), default: "0", "subtracted before scaling"),
    ])
}
