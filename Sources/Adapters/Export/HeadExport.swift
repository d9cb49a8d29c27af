public import Foundation
internal import LinearAlgebra
public import Moderation

/// The heads of a trial as files that other programs read: safetensors and ONNX.
///
/// Bytes are a function of the heads and of where they come from alone.
public struct HeadExport: Sendable {
    /// The heads, in the order of the labels.
    let heads: [(label: Label, head: Head)]
    /// Where they come from.
    let origin: Origin
    /// Dimensions of the embedding; `nil` where no head takes one, all being the base.
    let dimensions: Int?
    /// The training images that kernel heads compare with, each set once.
    let trainingSets: [Supports]

    /// Where heads come from: what who reads them has to know.
    public struct Origin: Sendable, Equatable {
        /// What the project calls them: `PROJECT/NAME/NUMBER`.
        public let adapter: String
        /// The trial that trained them.
        public let trial: Digest
        /// The kind of the adapter: `ridge`.
        public let kind: String
        /// The operating threshold in percent.
        public let threshold: Double
        /// The base model whose scores the heads take.
        public let baseModel: NamedDigest
        /// The embedding of the base model that they take; `nil` for its own single pass.
        public let embedding: NamedDigest?
        /// Version of this program.
        public let program: String

        public init(
            adapter: String, trial: Digest, kind: String, threshold: Double, baseModel: NamedDigest,
            embedding: NamedDigest? = nil, program: String
        ) {
            self.adapter = adapter
            self.trial = trial
            self.kind = kind
            self.threshold = threshold
            self.baseModel = baseModel
            self.embedding = embedding
            self.program = program
        }
    }

    /// Something declared by name.
    public struct NamedDigest: Sendable, Equatable {
        public let name: String
        public let digest: Digest

        public init(name: String, digest: Digest) {
            self.name = name
            self.digest = digest
        }
    }

    /// The formats that there are.
    public enum Format: String, Sendable, CaseIterable {
        case safetensors, onnx
    }

    /// An export of `heads`, at least one.
    ///
    /// - Throws: `AdapterError.unreadableHead` where heads take embeddings of several dimensions.
    public init(_ heads: [(label: Label, head: Head)], origin: Origin) throws(AdapterError) {
        precondition(!heads.isEmpty, "an export of no heads")
        let sizes = Set(heads.compactMap(\.head.dimensions)).sorted()
        guard sizes.count <= 1 else {
            throw .unreadableHead(reason: "they take embeddings of \(sizes) dimensions, not of one number of them")
        }
        dimensions = sizes.first
        self.heads = heads
        self.origin = origin
        trainingSets = heads.compactMap(\.head.supports).reduce(into: []) { sets, set in
            if !sets.contains(set) { sets.append(set) }
        }
    }

    /// The bytes of a file of `format`.
    public func data(_ format: Format) throws -> Data {
        switch format {
        case .safetensors: try Safetensors(metadata: metadata, tensors: tensors).data
        case .onnx: HeadGraph.model(of: self)
        }
    }

    /// `LABEL/NAME` for each array of each head, then what `trainingSets` names.
    private var tensors: [Safetensors.Tensor] {
        let own = heads.flatMap { label, head in
            head.arrays.map { array in
                Safetensors.Tensor(
                    name: "\(label)/\(array.name)", shape: [array.values.columns], values: array.values.storage)
            }
        }
        return own
            + trainingSets.enumerated().map { index, set in
                Safetensors.Tensor(
                    name: HeadExport.name(ofTrainingSet: index), shape: [set.features.rows, set.features.columns],
                    values: set.features.storage)
            }
    }

    /// The name of an array of training images' features.
    static func name(ofTrainingSet index: Int) -> String { "training_features/\(index)" }
}

extension Head {
    /// Dimensions of the embedding that the head takes; `nil` where it takes none.
    fileprivate var dimensions: Int? {
        switch self {
        case .base: nil
        case .linear(let head): head.weights.count
        case .kernel(let head): head.supports.features.columns
        }
    }

    /// The training images that the head compares with, if it does.
    var supports: Supports? {
        if case .kernel(let head) = self { head.supports } else { nil }
    }
}
