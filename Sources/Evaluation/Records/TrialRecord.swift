public import LinearAlgebra
public import Moderation

/// Everything a finished trial keeps: what determined it, and the raw score of every image.
///
/// Every number of a report is derived from records, so a report can be written again without training again. A record
/// holds nothing that differs from one execution to the next: the same trial gives the same record, bit for bit.
public struct TrialRecord: Sendable, Equatable {
    /// The trial's identity: the digest of its specification and determinants.
    public let id: Digest
    /// The resolved trial as canonical JSON, defaults written out: its `split` and `training_size` are the setting it
    /// belongs to, a size beyond what there is being `all`.
    public let specification: String
    /// What else determines the result, name by name, in order: digests, algorithm revision, versions, BLAS core, threads.
    public let determinants: [Determinant]
    /// The kind of the adapter: `ridge`. For a comparison, the name that an experiment file gives it.
    public let adapter: String
    /// The number of the split's repetition, from 0.
    public let repetition: Int
    /// The operating threshold in percent.
    public let thresholdConfidence: Double
    /// The images of the experiment, in the order that all per-image arrays follow. The records of an experiment share
    /// one list in memory, and one file in the store.
    public let images: [ImageEntry]
    /// Which part of the split each image fell into.
    public let parts: [SplitPart]
    /// One result per targeted label, in the order of the experiment file.
    public let labels: [LabelResult]

    /// One named input of a trial.
    public struct Determinant: Sendable, Equatable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// An image of the experiment.
    public struct ImageEntry: Sendable, Equatable {
        /// Digest of the file's bytes.
        public let digest: Digest
        /// Path within the dataset's folder, after the dataset's name where an experiment has several.
        public let path: String
        /// The group it belongs to.
        public let group: String

        public init(digest: Digest, path: String, group: String) {
            self.digest = digest
            self.path = path
            self.group = group
        }
    }

    /// The part of a split that an image fell into.
    public enum SplitPart: UInt8, Sendable, CaseIterable {
        /// In neither part: left over by a training size.
        case unused = 0
        case training = 1
        case test = 2
    }

    public init(
        id: Digest, specification: String, determinants: [Determinant], adapter: String, repetition: Int,
        thresholdConfidence: Double, images: [ImageEntry], parts: [SplitPart], labels: [LabelResult]
    ) {
        precondition(parts.count == images.count, "\(parts.count) parts for \(images.count) images")
        for label in labels {
            precondition(label.truth.count == images.count, "\(label.truth.count) truths for \(images.count) images")
        }
        self.id = id
        self.specification = specification
        self.determinants = determinants
        self.adapter = adapter
        self.repetition = repetition
        self.thresholdConfidence = thresholdConfidence
        self.images = images
        self.parts = parts
        self.labels = labels
    }
}

/// What a trial found for one label: scores of every image, and the head that gave them.
public struct LabelResult: Sendable, Equatable {
    /// The targeted label.
    public let label: Label
    /// What is known of the label, one per image.
    public let truth: [Truth]
    /// Base scores as logits, one per image.
    public let baseScores: [Float]
    /// Adapter scores as logits, one per image: on test images the head's, on training images the out-of-fold score that
    /// the choice of hyperparameters and operating point rested on; NaN on images in neither part, of unknown truth, or
    /// left over by a training size for this label, though another label may be trained on them.
    public let adapterScores: [Float]
    /// The hyperparameters chosen from the training rows, name by name, in the recipe's order.
    public let chosen: [Hyperparameter]
    /// Where the recipe tries several adapters, which was chosen and why.
    public let choice: Choice?
    /// The fitted head, as named arrays.
    public let head: [NamedArray]
    /// Where the objective guarantees a rate, the training images that set the threshold and did nothing else, as places in
    /// the record's images, ascending: one image per group, of the class that the error is possible in.
    public let calibration: [Int]

    /// A chosen hyperparameter.
    public struct Hyperparameter: Sendable, Equatable {
        public let name: String
        public let value: Double

        public init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// The adapter that was chosen among several.
    public struct Choice: Sendable, Equatable {
        /// The kind of the adapter: `ridge`.
        public let adapter: String
        /// One sentence without a full stop.
        public let reason: String

        public init(adapter: String, reason: String) {
            self.adapter = adapter
            self.reason = reason
        }
    }

    /// One array of a fitted head.
    public struct NamedArray: Sendable, Equatable {
        public let name: String
        public let values: Matrix

        public init(name: String, values: Matrix) {
            self.name = name
            self.values = values
        }
    }

    public init(
        label: Label, truth: [Truth], baseScores: [Float], adapterScores: [Float], chosen: [Hyperparameter],
        choice: Choice? = nil, head: [NamedArray], calibration: [Int] = []
    ) {
        for count in [baseScores.count, adapterScores.count] {
            precondition(count == truth.count, "\(truth.count) truths, but \(count) scores beside them")
        }
        self.label = label
        self.truth = truth
        self.baseScores = baseScores
        self.adapterScores = adapterScores
        self.chosen = chosen
        self.choice = choice
        self.head = head
        self.calibration = calibration
    }
}
