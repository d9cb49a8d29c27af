internal import Moderation

/// The errors of scores at a threshold.
struct ErrorCounts: Sendable, Equatable {
    /// Positives that are not flagged.
    let falseNegatives: Int
    /// Negatives that are flagged.
    let falsePositives: Int

    /// The errors of one kind.
    subscript(kind: Objective.ErrorKind) -> Int {
        switch kind {
        case .falseNegatives: falseNegatives
        case .falsePositives: falsePositives
        }
    }
}

extension ErrorCounts {
    /// The errors of `scores`, which are logits, at `threshold`.
    init(of scores: [Float], truth: [Bool], threshold: Threshold) {
        precondition(scores.count == truth.count, "\(scores.count) scores for \(truth.count) truths")
        let decisions = zip(scores.map(threshold.flags), truth)
        self.init(
            falseNegatives: decisions.count { !$0 && $1 }, falsePositives: decisions.count { $0 && !$1 })
    }
}
