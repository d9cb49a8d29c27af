public import Adapters
internal import BaseModel
public import Evaluation
public import Moderation

/// An adapter with its finished trials, wherever it was named: what can be held against others.
public struct ComparedAdapter: Sendable {
    /// Where it comes from, outermost first: the experiment file, the split where there are several, the adapter's name.
    public let path: [String]
    /// The base model that it was trained on.
    public let baseModel: BaseModelName
    /// What it learns from; `nil` for the base model's own single pass.
    public let embedding: Embedding?
    /// What hyperparameters and operating points were chosen for.
    public let objective: Objective
    /// How long training took, where the adapter itself tells; else the logs of runs may.
    public let trainingSeconds: Double?
    /// Its trials, one per repetition, in order.
    public let records: [TrialRecord]

    /// A base model: its digest, and its name where a file of the workspace describes it.
    public struct BaseModelName: Sendable, Hashable {
        public let name: String?
        public let digest: String
    }

    /// A declared embedding.
    public struct Embedding: Sendable, Equatable {
        /// Its name, or the first digits of its digest where no file of the workspace declares it.
        public let name: String
        /// Passes through a network that one image costs, where that is known.
        public let passes: Int?
    }

    private init(
        path: [String], baseModel: BaseModelName, embedding: Embedding?, objective: Objective,
        trainingSeconds: Double?, records: [TrialRecord]
    ) {
        self.path = path
        self.baseModel = baseModel
        self.embedding = embedding
        self.objective = objective
        self.trainingSeconds = trainingSeconds
        self.records = records
    }

    /// Its trials' ids, in the order of repetitions.
    public var trials: [Digest] { records.map(\.id) }

    /// The adapter of `records`, at least one, whose trials differ in nothing but the repetition.
    init(path: [String], records: [TrialRecord], models: KnownBaseModels) throws(Findings) {
        let first = records[0]
        let model = models[first.baseModelDigest]
        self.init(
            path: path, baseModel: BaseModelName(name: model?.name, digest: first.baseModelDigest),
            embedding: first.determinant(Trial.embeddingDeterminant).map { digest in
                let declared = model?.embeddings.first { $0.digest.description == digest }
                return Embedding(name: declared?.name ?? String(digest.prefix(12)), passes: declared?.passes)
            },
            objective: try first.objective, trainingSeconds: nil,
            records: records.sorted { $0.repetition < $1.repetition })
    }

    /// The version of a project's adapter whose trial is `record`; what its folder tells, no file of the workspace need.
    init(_ version: AdapterVersion, record: TrialRecord, models: KnownBaseModels) {
        let known = models[record.baseModelDigest]
        self.init(
            path: [version.id], baseModel: BaseModelName(name: version.baseModel.name, digest: record.baseModelDigest),
            embedding: version.request.embedding.map { embedding in
                Embedding(
                    name: embedding.name,
                    passes: known?.embeddings.first { $0.digest == embedding.digest }?.passes)
            },
            objective: version.request.objective, trainingSeconds: version.trial.trainingSeconds, records: [record])
    }
}
