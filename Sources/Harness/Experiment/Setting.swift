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
    }

    /// What adapters are compared in: one way of dividing the images and one training size.
    public struct Setting: Sendable {
        /// The name of the split.
        public let split: String
        /// How images are divided.
        public let division: Division
        /// How many training images are used.
        public let trainingSize: TrainingSize
    }

    /// Every training size of every split, in the order of the file.
    public var settings: [Setting] {
        splits.flatMap { split in
            split.trainingSizes.map { size in
                Setting(split: split.name, division: split.division, trainingSize: size)
            }
        }
    }
}
