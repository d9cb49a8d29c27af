public import Moderation

extension Experiment {
    /// A named way of dividing the images, with the training sizes tried in it.
    public struct SplitEntry: Sendable {
        /// The name in tables.
        public let name: String
        /// How images are divided.
        public let division: Division
        /// How many training images are used, in the order of the file: at least one size, none twice.
        public let trainingSizes: [TrainingSize]
        /// What may make a test image known before the test.
        public let allowedLeaks: Set<LeakKind>
    }

    /// What adapters are compared in: one way of dividing the images and one training size.
    public struct Setting: Sendable {
        /// The split: how images are divided, its name, what it allows.
        public let split: SplitEntry
        /// How many training images are used.
        public let trainingSize: TrainingSize

        /// How images are divided.
        public var division: Division { split.division }
    }

    /// Every training size of every split, in the order of the file.
    public var settings: [Setting] {
        splits.flatMap { split in
            split.trainingSizes.map { Setting(split: split, trainingSize: $0) }
        }
    }
}
