internal import Evaluation
internal import Moderation
internal import Store

/// How a trial that was trained again differs from its record.
public enum RecordDifference: Sendable, Equatable {
    /// Every bit is the same.
    case none
    /// Scores differ by no more than the bound, by at most `score` logits; decisions of so many images are others.
    case withinBound(score: Double, decisions: Int)
    /// More than that differs: what, in words.
    case beyond(String)

    /// By how many logits a score may differ, times its size where that is above 1, where other libraries or kernels
    /// computed. Products of other kernels differ in their last bits, some 1e-16 of `Double` and 1e-7 of `Float`; solving
    /// makes of that up to 1e-5, and a threshold set midway between two scores moves with them.
    public static let bound = 1e-3

    /// Whether this is as it should be.
    public var isGood: Bool {
        if case .beyond = self { false } else { true }
    }

    /// How what training again gave differs from `record`.
    init(of again: Result<TrialRecord, any Error>, from record: TrialRecord, bitForBit: Bool) {
        switch again {
        case .success(let again): self.init(of: again, from: record, bitForBit: bitForBit)
        case .failure(let error): self = .beyond("it cannot be fitted any more: \(error)")
        }
    }

    /// How `again` differs from `record`.
    init(of again: TrialRecord, from record: TrialRecord, bitForBit: Bool) {
        if again.isSame(as: record) {
            self = .none
        } else {
            self = bitForBit ? .beyond(Self.firstDifference(of: again, from: record)) : Self.within(again, record)
        }
    }

    /// The difference of two records whose bits need not be the same.
    private static func within(_ again: TrialRecord, _ record: TrialRecord) -> RecordDifference {
        var (largest, decisions) = (0.0, 0)
        for (new, old) in zip(again.labels, record.labels) {
            guard new.chosen == old.chosen, new.choice?.adapter == old.choice?.adapter else {
                return .beyond("other hyperparameters are chosen for \(new.label)")
            }
            let threshold = Threshold(confidence: record.thresholdConfidence)
            for (left, right) in zip(new.adapterScores, old.adapterScores) where !(left.isNaN && right.isNaN) {
                let difference = abs(Double(left) - Double(right))
                // A NaN on one side only is no small difference.
                guard difference <= bound * max(1, abs(Double(right))) else {
                    return .beyond("a score of \(new.label) is \(left), recorded as \(right)")
                }
                largest = max(largest, difference)
                if threshold.flags(left) != threshold.flags(right) { decisions += 1 }
            }
        }
        return .withinBound(score: largest, decisions: decisions)
    }

    /// The first thing in which two records differ, in words.
    private static func firstDifference(of again: TrialRecord, from record: TrialRecord) -> String {
        for (new, old) in zip(again.labels, record.labels) {
            if new.chosen != old.chosen { return "other hyperparameters are chosen for \(new.label)" }
            for (image, (left, right)) in zip(new.adapterScores, old.adapterScores).enumerated()
            where left.bitPattern != right.bitPattern {
                return "the score of \(record.images[image].path) for \(new.label) is \(left), recorded as \(right)"
            }
            if new.head != old.head { return "the head of \(new.label) has other bits" }
        }
        return "what is recorded beside the scores is other"
    }
}
