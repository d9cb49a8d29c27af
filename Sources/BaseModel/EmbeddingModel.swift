public import Foundation
public import Imaging
public import Moderation

/// The networks of a declared embedding: images in, vectors out, no scores.
///
/// As with a base model, one image at a time on the calling thread alone, and several threads may call at once.
public struct EmbeddingModel: ImageEncoder {
    public let description: EmbeddingDescription
    public let digest: Digest
    /// Elements of each network's part of an embedding, in order; adapters may normalise each by itself.
    public let blocks: [Int]
    /// None: base scores come from the base model's own pass.
    public let labels: [Label] = []
    /// How large an image may be.
    public let limits: ImageLimits

    private let encoders: [ViewEncoder]

    /// Opens the networks that `description` declares, after comparing each with its file.
    ///
    /// `libraryHint` is a path of ONNX Runtime's shared library; `OnnxRuntime` says where else it is looked for.
    public init(
        _ description: EmbeddingDescription, libraryHint: URL? = nil, limits: ImageLimits = .standard
    ) throws(BaseModelError) {
        let runtime = try OnnxRuntime(hint: libraryHint)
        var encoders: [ViewEncoder] = []
        for encoder in description.encoders { encoders.append(try ViewEncoder(encoder, runtime: runtime)) }
        self.description = description
        self.limits = limits
        self.encoders = encoders
        digest = description.digest
        blocks = encoders.map(\.dimensions)
    }

    /// Elements of an embedding: the sum of `blocks`.
    public var dimensions: Int { blocks.reduce(0, +) }

    public func encode(_ image: DecodedImage) throws(EncodingError) -> Encoding {
        var embedding: [Float] = []
        embedding.reserveCapacity(dimensions)
        for encoder in encoders { embedding += try encoder.vector(of: image) }
        return Encoding(embedding: embedding, scores: [])
    }
}
