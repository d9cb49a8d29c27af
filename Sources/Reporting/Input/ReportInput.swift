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
    /// What hyperparameters and operating points were chosen for.
    public let objective: Objective
    /// The adapters in the order of the experiment file.
    public let adapters: [Adapter]
    /// Number of trials the experiment asks for.
    public let expectedTrials: Int
    /// Trials that gave no result, in the order of the plan.
    public let failures: [Failure]
    /// What runs the experiment again: `moderato run Experiments/alcohol.yaml`.
    public let command: String
    /// Anything else a reader must know: skipped images, say.
    public let notes: [String]
    /// The results of each way to divide the images, at its largest training size: at least one, the main one first.
    public let settings: [Setting]
    /// How improvements grow with the training images: of each split that has several training sizes, one per label.
    public let curves: [LearningCurve]

    public init(
        project: String, experiment: String, question: String, baseModel: Artifact, datasets: [Dataset],
        objective: Objective, adapters: [Adapter], expectedTrials: Int, failures: [Failure],
        command: String, notes: [String], settings: [Setting], curves: [LearningCurve] = []
    ) {
        precondition(!settings.isEmpty, "a report tells of at least 1 setting, given 0")
        self.project = project
        self.experiment = experiment
        self.question = question
        self.baseModel = baseModel
        self.datasets = datasets
        self.objective = objective
        self.adapters = adapters
        self.expectedTrials = expectedTrials
        self.failures = failures
        self.command = command
        self.notes = notes
        self.settings = settings
        self.curves = curves
    }

    /// The results of the main setting.
    var comparison: Comparison { settings[0].comparison }
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

    /// What adapters were compared in.
    public struct Setting: Sendable, Equatable, Codable {
        /// The name of the split.
        public let name: String
        /// How images were divided: `half by group, stratified, 20 repeats`.
        public let split: String
        /// How many training images were used, in words; `nil` for all.
        public let trainingSize: String?
        /// The seed all random streams derive from.
        public let seed: UInt64
        /// The results.
        public let comparison: Comparison
        /// What the objective promised of test images, and what became of it; `nil` where it promises nothing.
        public let promises: PromiseTable?

        public init(
            name: String, split: String, trainingSize: String?, seed: UInt64, comparison: Comparison,
            promises: PromiseTable? = nil
        ) {
            self.name = name
            self.split = split
            self.trainingSize = trainingSize
            self.seed = seed
            self.comparison = comparison
            self.promises = promises
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
        /// The finished trials, in the order of repetitions, those of the main setting first: what `moderato detect --adapter` takes.
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
        /// The setting in words, where there are several.
        public let setting: String?
        public let repetition: Int
        public let message: String

        public init(adapter: String, setting: String? = nil, repetition: Int, message: String) {
            self.adapter = adapter
            self.setting = setting
            self.repetition = repetition
            self.message = message
        }
    }
}
