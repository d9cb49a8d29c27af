internal import Evaluation
internal import Moderation

extension Split {
    /// The part that each of `count` images falls into.
    func parts(of count: Int) -> [TrialRecord.SplitPart] {
        var parts = [TrialRecord.SplitPart](repeating: .unused, count: count)
        for index in training.values { parts[index] = .training }
        for index in test.values { parts[index] = .test }
        return parts
    }
}
