public import Foundation
public import Imaging
public import Moderation

/// A base model as its file declares it: which network, how pixels enter it, and how its outputs become base scores.
///
/// A plain value; nothing here was compared with the network. `problems` says what contradicts itself.
public struct BaseModelDescription: Sendable, Equatable {
    /// The model's name, as experiments call it.
    public var name: String
    /// The version of this description.
    public var version: String
    /// The taxonomy whose labels are scored.
    public var taxonomy: Taxonomy
    /// The ONNX file.
    public var file: URL
    /// The digest the ONNX file must have.
    public var sha256: Digest
    /// The command that makes the file where it is missing, if there is one.
    public var install: String?
    public var input: Input
    public var outputs: Outputs
    public var scoring: Scoring
    /// For each covered label, the places of its evidence in the network's scores, counted from 0.
    public var labels: [Label: [Int]]
    /// The labels that nothing in the network is evidence for; a parent stands for everything below it.
    public var uncovered: [Label]
    /// What adapters may learn from besides the network's own single pass, each under a name of its own.
    public var embeddings: [EmbeddingDescription]

    public init(
        name: String, version: String, taxonomy: Taxonomy, file: URL, sha256: Digest, install: String?, input: Input,
        outputs: Outputs, scoring: Scoring, labels: [Label: [Int]], uncovered: [Label],
        embeddings: [EmbeddingDescription] = []
    ) {
        self.name = name
        self.version = version
        self.taxonomy = taxonomy
        self.file = file
        self.sha256 = sha256
        self.install = install
        self.input = input
        self.outputs = outputs
        self.scoring = scoring
        self.labels = labels
        self.uncovered = uncovered
        self.embeddings = embeddings
    }

    /// How an image becomes the network's input tensor.
    public struct Input: Sendable, Equatable {
        /// The input's name in the ONNX file.
        public var name: String
        public var layout: TensorLayout
        /// Rows of the input.
        public var height: Int
        /// Columns of the input.
        public var width: Int
        /// How an image of another shape comes to fill it.
        public var fit: ImageFit
        public var filter: ResamplingFilter
        public var color: ChannelOrder
        /// What transparent images are composed on, and `pad` fills with.
        public var background: RGBColor
        /// Subtracted from each value of 0 to 255: 3 numbers, in the order of `color`.
        public var mean: [Double]
        /// Divides what is left: 3 numbers, in the order of `color`.
        public var deviation: [Double]

        public init(
            name: String, layout: TensorLayout, height: Int, width: Int, fit: ImageFit, filter: ResamplingFilter,
            color: ChannelOrder, background: RGBColor, mean: [Double], deviation: [Double]
        ) {
            self.name = name
            self.layout = layout
            self.height = height
            self.width = width
            self.fit = fit
            self.filter = filter
            self.color = color
            self.background = background
            self.mean = mean
            self.deviation = deviation
        }
    }

    /// The outputs' names in the ONNX file.
    public struct Outputs: Sendable, Equatable {
        /// `[dimensions]`: what adapters learn from.
        public var embedding: String
        /// What base scores are made of.
        public var scores: String

        public init(embedding: String, scores: String) {
            self.embedding = embedding
            self.scores = scores
        }
    }

    /// How a label's evidence becomes its score, a logit: `scale * (evidence - offset)`.
    public struct Scoring: Sendable, Equatable {
        public var rule: ScoringRule
        /// Above 0.
        public var scale: Double
        public var offset: Double

        public init(rule: ScoringRule, scale: Double, offset: Double) {
            self.rule = rule
            self.scale = scale
            self.offset = offset
        }
    }
}

/// The order of a tensor's axes.
public enum TensorLayout: String, Sendable, Hashable, CaseIterable {
    /// `[1 x 3 x height x width]`
    case nchw
    /// `[1 x height x width x 3]`
    case nhwc
}

/// The order of a tensor's colour channels.
public enum ChannelOrder: String, Sendable, Hashable, CaseIterable {
    case rgb
    case bgr
}

/// What counts as evidence for a label.
public enum ScoringRule: String, Sendable, Hashable, CaseIterable {
    /// The greatest of the label's scores, as a z-score: in deviations above the mean of all scores of the image.
    case maxZScore = "max_z_score"
    /// The logit of the greatest of the label's scores, which are probabilities.
    case probability
    /// The greatest of the label's scores.
    case logit
}
