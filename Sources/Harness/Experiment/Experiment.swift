public import Adapters
public import BaseModel
public import Foundation
public import Moderation

/// An experiment with everything it names at hand: what is compared, on which images, by which rules.
public struct Experiment: Sendable {
    /// The experiment's name.
    public let name: String
    /// The project it belongs to.
    public let project: String
    /// The comment at the head of the file: the question, the command, what to expect.
    public let head: String
    /// The file, as findings name it.
    public let file: String
    /// The file.
    public let location: URL
    /// The frozen network.
    public let baseModel: BaseModelDescription
    /// The file that describes it, where an experiment file names one.
    public private(set) var baseModelFile: URL?
    /// Where the images for training (and, in a random split, for testing) come from.
    public let datasets: [DatasetFile]
    /// Which of their images are used.
    public let selection: ImageSelection
    /// Which images say what images are like, if any do.
    public let background: Background?
    /// The labels whose scores the adapters may change.
    public let labels: [Label]
    /// How images are divided, at least one way; a separate test dataset is the only one.
    public let splits: [SplitEntry]
    /// The operating threshold, for the base model and the adapters alike.
    public let threshold: Threshold
    /// What hyperparameters and operating points are chosen for.
    public let objective: Objective
    /// What is compared with the base model: baselines that the file leaves out, then the adapters in its order.
    public let adapters: [AdapterEntry]
    /// What `moderato gate` asks of the adapters; no part of any trial's identity.
    public let gate: [GateRule]
    /// What an image that cannot be read means.
    public let onBadImage: BadImagePolicy
    /// What the report shows of images.
    public let reportOptions: ReportOptions
    /// Where the file describes the split.
    public let splitPlace: Place
    /// What is odd, but no error.
    public let warnings: [Finding]

    /// How images are divided into training and test images.
    public enum Division: Sendable {
        /// At random.
        case random(SplitDescription)
        /// Tested on a dataset of its own; the seed draws a limited training size.
        case separate(test: DatasetFile, seed: UInt64)

        /// Number of divisions.
        public var repeats: Int {
            switch self {
            case .random(let description): description.repeats
            case .separate: 1
            }
        }

        /// The separate test dataset, if there is one.
        var separateTest: DatasetFile? {
            if case .separate(let test, _) = self { test } else { nil }
        }

        /// Seed of everything random.
        public var seed: UInt64 {
            switch self {
            case .random(let description): description.seed
            case .separate(_, let seed): seed
            }
        }
    }

    /// A named adapter of an experiment.
    public struct AdapterEntry: Sendable {
        /// The name in tables.
        public let name: String
        /// The method with its hyperparameters.
        public let recipe: Recipe
        /// What it learns from; `nil` for the base model's own single pass.
        public let embedding: EmbeddingDescription?

        public init(name: String, recipe: Recipe, embedding: EmbeddingDescription? = nil) {
            self.name = name
            self.recipe = recipe
            self.embedding = embedding
        }
    }

    /// The embeddings that adapters learn from besides the base model's own, each once, in the order of the base model.
    var embeddings: [EmbeddingDescription] {
        baseModel.embeddings.filter { embedding in adapters.contains { $0.embedding == embedding } }
    }

    /// What an image that cannot be read means.
    public enum BadImagePolicy: String, Sendable, CaseIterable {
        /// The run stops, after the images that cannot be read, or else those that cannot be decoded, are named.
        case fail
        /// The image is left out, named and counted in the report.
        case skip
    }
}
