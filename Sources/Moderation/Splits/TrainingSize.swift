internal import LinearAlgebra

/// How many of a split's training images each label is trained on.
public struct TrainingSize: Sendable, Hashable, Codable {
    /// At most this many images in which the label is present; `nil` for all.
    public let positives: Int?
    /// At most this many images in which the label is absent; `nil` for all.
    public let negatives: Int?

    public init(positives: Int? = nil, negatives: Int? = nil) {
        self.positives = positives
        self.negatives = negatives
    }

    /// All training images.
    public static let all = TrainingSize()

    /// The images of `split` that each label of `table` is trained on, drawn at random by `seed`; an image of which a label
    /// is unknown is none of its images.
    ///
    /// Each label draws for itself, all by one order of the images: an image may be a training image of one label and
    /// left over by another. A smaller size draws a part of what a larger one draws, so that learning curves compare
    /// like with like.
    public func draw(
        from split: Split, _ table: TruthTable, seed: UInt64, repetition: Int
    ) -> [Indices<Training>] {
        var stream = RandomStream(Seed(seed).derive("training size").derive(repetition))
        let order = stream.shuffled(split.training.values)
        return table.truths.map { truths in
            let drawn = { (truth: Truth, limit: Int?) -> ArraySlice<Int> in
                order.filter { truths[$0] == truth }.prefix(limit ?? .max)
            }
            return Indices(Array(drawn(.present, positives)) + drawn(.absent, negatives))
        }
    }
}

extension TrainingSize: Comparable {
    /// By positives, then by negatives; all are more than any number.
    public static func < (left: TrainingSize, right: TrainingSize) -> Bool {
        let key = { (size: TrainingSize) in (size.positives ?? .max, size.negatives ?? .max) }
        return key(left) < key(right)
    }
}
