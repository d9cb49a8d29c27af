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
        let model = try BaseModel.read(description)
        let runtime = try OnnxRuntime(hint: libraryHint)
        do throws(OnnxSession.Failure) {
            session = try OnnxSession(runtime, model: model)
        } catch {
            throw .unusableFile(path: description.file.path, reason: error.reason)
        }
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

    public func encode(bytes: [UInt8]) throws(EncodingError) -> Encoding {
        let image: RGBImage
        do throws(ImageError) {
            image = try RGBImage(decoding: bytes, background: description.input.background, limits: limits)
        } catch {
            throw .image(error)
        }
        return try encode(image)
    }

    public func encode(_ image: RGBImage) throws(EncodingError) -> Encoding {
        let results: [[Float]]
        do throws(OnnxSession.Failure) {
            results = try session.run(
                input: description.input.name, elements: tensor.elements(of: image), shape: tensor.shape,
                outputs: outputs)
        } catch {
            throw .runtime(reason: error.reason)
        }
        for (result, output) in zip(results, outputs) where !result.allSatisfy(\.isFinite) {
            throw .notFinite(output: output.name)
        }
        guard results[0].contains(where: { $0 != 0 }) else { throw .zeroEmbedding }
        return Encoding(embedding: results[0], scores: try scorer.scores(of: results[1]))
    }

    /// The bytes of the ONNX file, which have the described digest.
    private static func read(_ description: BaseModelDescription) throws(BaseModelError) -> Data {
        let path = description.file.path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missingFile(path: path, install: description.install)
        }
        guard !isFolder.boolValue else { throw .unreadableFile(path: path, reason: "it is a folder") }
        let bytes: Data
        do {
            bytes = try Data(contentsOf: description.file)
        } catch {
            throw .unreadableFile(path: path, reason: error.localizedDescription)
        }
        let actual = Digest(of: bytes)
        guard actual == description.sha256 else {
            throw .wrongDigest(
                path: path, expected: description.sha256, actual: actual, install: description.install)
        }
        return bytes
    }
}
