internal import LinearAlgebra

/// How many of a split's training images are trained on.
public struct TrainingSize: Sendable, Hashable {
    /// At most this many images in which a target label is present; `nil` for all.
    public let positives: Int?
    /// At most this many images in which none is, and of which it is known; `nil` for all.
    public let negatives: Int?

    public init(positives: Int? = nil, negatives: Int? = nil) {
        self.positives = positives
        self.negatives = negatives
    }

    /// All training images.
    public static let all = TrainingSize()

    /// The training images of `split` that this size leaves, drawn at random by `seed`.
    ///
    /// A smaller size draws a part of what a larger one draws, so that learning curves compare like with like.
    public func limiting(
        _ split: Split, records: [ImageRecord], targets: [Label], seed: UInt64, repetition: Int
    ) -> Split {
        guard self != .all else { return split }
        var stream = RandomStream(Seed(seed).derive("training size").derive(repetition))
        let order = stream.shuffled(split.training.values)
        let isPositive = { (index: Int) in
            targets.contains { records[index].annotation.truth(of: $0) == .present }
        }
        let drawnPositives = order.filter(isPositive).prefix(positives ?? .max)
        let isNegative = { (index: Int) in
            !isPositive(index) && targets.contains { records[index].annotation.truth(of: $0) == .absent }
        }
        let drawnNegatives = order.filter(isNegative).prefix(negatives ?? .max)
        return Split(training: Array(drawnPositives) + drawnNegatives, test: split.test.values)
    }
}
