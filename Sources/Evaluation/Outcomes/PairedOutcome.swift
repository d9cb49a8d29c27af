internal import Moderation

/// What became of one image when the adapter took over from the base model.
public enum PairedOutcome: Sendable, Hashable, CaseIterable {
    case bothWrong, fixed, broken, bothRight

    /// The outcome of an image that base and adapter were each wrong or right about.
    public init(baseIsWrong: Bool, adapterIsWrong: Bool) {
        switch (baseIsWrong, adapterIsWrong) {
        case (true, true): self = .bothWrong
        case (true, false): self = .fixed
        case (false, true): self = .broken
        case (false, false): self = .bothRight
        }
    }
}

extension ErrorKind {
    /// The truth under which this kind of error can be made.
    var truth: Truth {
        switch self {
        case .falseNegatives: .present
        case .falsePositives: .absent
        }
    }

    /// Whether `score`, a logit, makes this error; `nil` where the truth does not allow it.
    func isError(score: Float, truth: Truth, threshold: Threshold) -> Bool? {
        precondition(!score.isNaN, "the score of an image of the test part is a number, given \(score)")
        guard truth == self.truth else { return nil }
        return threshold.flags(score) == (self == .falsePositives)
    }
}
