public import Evaluation
public import Moderation

/// Everything that is told of models held against one another: plain values, so that every format is a pure function of them.
public struct ModelReportInput: Sendable, Equatable, Codable {
    /// What they are ranked by.
    public let objective: Objective
    /// What is known of each adapter beside its errors, in the order asked for.
    public let adapters: [Adapter]
    /// Anything else a reader must know: adapters that are one and the same, say.
    public let notes: [String]
    /// The tables.
    public let comparison: ModelComparison

    public init(objective: Objective, adapters: [Adapter], notes: [String], comparison: ModelComparison) {
        self.objective = objective
        self.adapters = adapters
        self.notes = notes
        self.comparison = comparison
    }

    /// What was chosen for.
    public struct Objective: Sendable, Equatable, Codable {
        /// The kind of error to have fewest of; `nil` where a cost of both is minimised.
        public let minimised: ErrorKind?
        /// The whole objective in words.
        public let description: String

        public init(minimised: ErrorKind?, description: String) {
            self.minimised = minimised
            self.description = description
        }
    }

    /// An adapter, and what it costs.
    public struct Adapter: Sendable, Equatable, Codable {
        /// Its name in the tables.
        public let name: String
        /// The name of its base model in the tables.
        public let baseModel: String
        /// What it was trained for, in words.
        public let objective: String
        /// The time that training one trial took, the median of its trials; `nil` where no log tells.
        public let trainingSeconds: Double?
        /// What it learns from, where that is not its base model's own single pass.
        public let embedding: Embedding?
        /// Its finished trials, in the order of repetitions.
        public let trials: [Digest]

        public init(
            name: String, baseModel: String, objective: String, trainingSeconds: Double?, embedding: Embedding?,
            trials: [Digest]
        ) {
            self.name = name
            self.baseModel = baseModel
            self.objective = objective
            self.trainingSeconds = trainingSeconds
            self.embedding = embedding
            self.trials = trials
        }
    }

    /// A declared embedding.
    public struct Embedding: Sendable, Equatable, Codable {
        /// Its name, or the first digits of its digest where no base-model file declares it any more.
        public let name: String
        /// Passes through a network that one image costs; `nil` where no base-model file tells.
        public let passes: Int?

        public init(name: String, passes: Int?) {
            self.name = name
            self.passes = passes
        }
    }
}
