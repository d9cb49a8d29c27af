public import Foundation
public import Imaging
public import Moderation

/// A frozen network: images in, embeddings and base scores out.
///
/// One image at a time, on the calling thread alone: the numbers depend neither on what else is encoded nor on how
/// many threads call.
public struct BaseModel: ImageEncoder {
    public let description: BaseModelDescription
    public let digest: Digest
    /// Elements of an embedding.
    public let dimensions: Int
    /// The embedding is one block.
    public var blocks: [Int] { [dimensions] }
    /// All labels of the taxonomy, in its order.
    public let labels: [Label]
    /// The labels that the base model can detect, in taxonomy order.
    public let coveredLabels: [Label]
    /// The version of ONNX Runtime that runs it.
    public let runtimeVersion: String
    /// How large an image may be.
    public let limits: ImageLimits

    private let session: OnnxSession
    private let tensor: InputTensor
    private let scorer: LabelScorer
    private let outputs: [(name: String, count: Int)]

    /// Opens the network that `description` declares, after comparing it with its file and the file with its digest.
    ///
    /// `libraryHint` is a path of ONNX Runtime's shared library; `OnnxRuntime` says where else it is looked for.
    public init(
        _ description: BaseModelDescription, libraryHint: URL? = nil, limits: ImageLimits = .standard
    ) throws(BaseModelError) {
        guard description.problems.isEmpty else { throw .contradiction(description.problems) }
        let runtime = try OnnxRuntime(hint: libraryHint)
        let file = NetworkFile(file: description.file, sha256: description.sha256, install: description.install)
        session = try file.open(runtime)
        tensor = InputTensor(description.input)
        outputs = try Signature(session).outputs(for: description, inputShape: tensor.shape)
        scorer = LabelScorer(description)
        self.description = description
        self.limits = limits
        digest = description.digest
        dimensions = outputs[0].count
        labels = description.taxonomy.labels
        coveredLabels = description.coveredLabels
        runtimeVersion = runtime.version
    }

    public func encode(_ image: DecodedImage) throws(EncodingError) -> Encoding {
        let image = image.composed(on: description.input.background)
        let results = try session.finiteOutputs(
            input: description.input.name, elements: tensor.elements(of: image), shape: tensor.shape, outputs: outputs)
        guard results[0].contains(where: { $0 != 0 }) else { throw .zeroEmbedding }
        return Encoding(embedding: results[0], scores: try scorer.scores(of: results[1]))
    }
}
