public import Evaluation
public import Moderation

/// Everything a report tells: plain values, so that every format is a pure function of them.
///
/// It holds no time, no machine and no path of one: the same records give the same reports, byte for byte.
public struct ReportInput: Sendable, Equatable, Codable {
    /// The project the experiment belongs to.
    public let project: String
    /// The experiment's name.
    public let experiment: String
    /// What was asked: the head comment of the experiment file, without its comment marks.
    public let question: String
    /// The frozen network.
    public let baseModel: Artifact
    /// The datasets the images came from.
    public let datasets: [Dataset]
    /// How images were divided: `half by group, stratified, 20 repeats`.
    public let split: String
    /// What hyperparameters and operating points were chosen for.
    public let objective: Objective
    /// The adapters in the order of the experiment file.
    public let adapters: [Adapter]
    /// The seed all random streams derive from.
    public let seed: UInt64
    /// Number of trials the experiment asks for.
    public let expectedTrials: Int
    /// Trials that gave no result, in the order of the plan.
    public let failures: [Failure]
    /// What runs the experiment again: `moderato run Experiments/alcohol.yaml`.
    public let command: String
    /// Anything else a reader must know: skipped images, say.
    public let notes: [String]
    /// The results.
    public let comparison: Comparison
    /// What the objective promised of test images, and what became of it; `nil` where it promises nothing.
    public let promises: PromiseTable?

    public init(
        project: String, experiment: String, question: String, baseModel: Artifact, datasets: [Dataset], split: String,
        objective: Objective, adapters: [Adapter], seed: UInt64, expectedTrials: Int, failures: [Failure],
        command: String, notes: [String], comparison: Comparison, promises: PromiseTable? = nil
    ) {
        self.project = project
        self.experiment = experiment
        self.question = question
        self.baseModel = baseModel
        self.datasets = datasets
        self.split = split
        self.objective = objective
        self.adapters = adapters
        self.seed = seed
        self.expectedTrials = expectedTrials
        self.failures = failures
        self.command = command
        self.notes = notes
        self.comparison = comparison
        self.promises = promises
    }
}

extension ReportInput {
    /// A file known by its digest.
    public struct Artifact: Sendable, Equatable, Codable {
        public let name: String
        public let digest: Digest

        public init(name: String, digest: Digest) {
            self.name = name
            self.digest = digest
        }
    }

    /// A dataset as the experiment used it.
    public struct Dataset: Sendable, Equatable, Codable {
        public let name: String
        public let digest: Digest
        /// Number of images the experiment took from it.
        public let images: Int

        public init(name: String, digest: Digest, images: Int) {
            self.name = name
            self.digest = digest
            self.images = images
        }
    }

    /// What was chosen for.
    public struct Objective: Sendable, Equatable, Codable {
        /// The kind of error to have fewest of: the report's answer is about it.
        public let minimised: ErrorKind
        /// The whole objective in words: `fewest false negatives, false positives not above the base model's`.
        public let description: String

        public init(minimised: ErrorKind, description: String) {
            self.minimised = minimised
            self.description = description
        }
    }

    /// An adapter entry of the experiment file.
    public struct Adapter: Sendable, Equatable, Codable {
        public let name: String
        /// The resolved recipe: `ridge, strength one of 1, 3, 10`.
        public let recipe: String
        /// The finished trials, in the order of repetitions: what `moderato detect --adapter` takes.
        public let trials: [Digest]

        public init(name: String, recipe: String, trials: [Digest]) {
            self.name = name
            self.recipe = recipe
            self.trials = trials
        }
    }

    /// A trial that gave no result.
    public struct Failure: Sendable, Equatable, Codable {
        public let adapter: String
        public let repetition: Int
        public let message: String

        public init(adapter: String, repetition: Int, message: String) {
            self.adapter = adapter
            self.repetition = repetition
            self.message = message
        }
    }
}
