public import Imaging
public import Moderation

/// How pixels become vectors. Encoding is deterministic, and several threads may encode at once.
public protocol ImageEncoder: Sendable {
    /// The identity of everything that determines an encoding: the key under which encodings may be kept.
    var digest: Digest { get }
    /// Elements of an embedding.
    var dimensions: Int { get }
    /// Elements of each network's part of an embedding, in order; their sum is `dimensions`.
    var blocks: [Int] { get }
    /// The labels whose base scores an encoding holds, in order.
    var labels: [Label] { get }
    /// How large an image may be.
    var limits: ImageLimits { get }

    /// The encoding of a decoded image.
    func encode(_ image: DecodedImage) throws(EncodingError) -> Encoding
}

extension ImageEncoder {
    /// The encoding of an image without transparency.
    public func encode(_ image: RGBImage) throws(EncodingError) -> Encoding { try encode(DecodedImage(image)) }

    /// The encoding of a file's bytes: PNG, JPEG or WebP.
    public func encode(bytes: [UInt8]) throws(EncodingError) -> Encoding {
        let image: DecodedImage
        do throws(ImageError) {
            image = try DecodedImage(decoding: bytes, limits: limits)
        } catch {
            throw .image(error)
        }
        return try encode(image)
    }
}

/// What a base model makes of one image.
public struct Encoding: Sendable, Equatable {
    /// `[dimensions]`; finite, and not all 0.
    public let embedding: [Float]
    /// `[labels]`: base scores as logits, `BaseScores.uncovered` for labels that the base model never detects.
    public let scores: [Float]

    public init(embedding: [Float], scores: [Float]) {
        self.embedding = embedding
        self.scores = scores
    }
}

/// Facts about base scores. They are logits: confidence = 100 x sigmoid(score), in percent.
public enum BaseScores {
    /// The score of an uncovered label: a confidence of 0.00001 %, below every usable threshold.
    public static let uncovered: Float = -16
}

/// Why an image has no encoding. Each description is one sentence that can follow a path and a colon.
public enum EncodingError: Error, Sendable, Hashable {
    /// The bytes are no image that can be decoded.
    case image(ImageError)
    /// An output of the network holds a NaN or an infinity.
    case notFinite(output: String)
    /// The embedding is 0 in every element.
    case zeroEmbedding
    /// The scoring rule is `probability`, but the network's score is none.
    case notProbability(Float, output: String)
    /// ONNX Runtime failed.
    case runtime(reason: String)
}

extension EncodingError: CustomStringConvertible {
    /// What is wrong and what to do, in one sentence.
    public var description: String {
        switch self {
        case .image(let error):
            error.description
        case .notFinite(let output):
            "the base model's output `\(output)` is not finite for this image, so it is not used"
        case .zeroEmbedding:
            "the base model's embedding of this image is 0 everywhere, so it is not used"
        case .notProbability(let value, let output):
            "the base model's output `\(output)` gave \(value), which is no probability; "
                + "the scoring rule `logit` or `max_z_score` may be meant"
        case .runtime(let reason):
            "ONNX Runtime failed: \(reason)"
        }
    }
}
