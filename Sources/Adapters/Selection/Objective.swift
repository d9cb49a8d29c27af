internal import LinearAlgebra

/// What a head and its operating point are chosen for.
public enum Objective: Sendable, Equatable {
    /// Fewest errors of one kind while the other kind is held. Of several cuts the one that spends most of what is allowed,
    /// of several candidates the one with fewest of the other kind, then the first listed.
    case fewest(ErrorKind, holding: Limit)
    /// Least sum of errors, each at its cost, both above 0; of several such choices, fewest false positives.
    case leastCost(falseNegative: Double, falsePositive: Double)

    /// The two ways of being wrong.
    public enum ErrorKind: String, Sendable, CaseIterable {
        /// The label is present and was not flagged.
        case falseNegatives = "false_negatives"
        /// The label is absent and was flagged.
        case falsePositives = "false_positives"

        /// The other one.
        public var other: ErrorKind { self == .falseNegatives ? .falsePositives : .falseNegatives }
    }

    /// What holds for the kind of error that is not minimised.
    public enum Limit: Sendable, Equatable {
        /// At most floor((1 - margin) · k) out-of-fold errors, where the base makes k on the same training rows; the
        /// margin is from 0 to below 1.
        ///
        /// This is a heuristic and guarantees nothing: a rule that sits exactly on the base's count on training rows
        /// oversteps it on unseen images about half of the time, which the margin makes rarer.
        case notAboveBase(margin: Double)
        /// An error rate with a guarantee, set on rows that nothing else was chosen from.
        case rate(RateGuarantee)
    }

    /// Fewest false negatives with no more false positives than the base has.
    public static let falseNegatives = Objective.fewest(.falseNegatives, holding: .notAboveBase(margin: 0))
    /// Fewest false positives with no more false negatives than the base has.
    public static let falsePositives = Objective.fewest(.falsePositives, holding: .notAboveBase(margin: 0))
    /// Fewest errors of both kinds together.
    public static let errors = Objective.leastCost(falseNegative: 1, falsePositive: 1)

    /// The kind of error that is held, if one is.
    public var held: ErrorKind? {
        if case .fewest(let kind, _) = self { kind.other } else { nil }
    }

    /// The guarantee that is asked for, if one is.
    public var guarantee: RateGuarantee? {
        if case .fewest(_, .rate(let guarantee)) = self { guarantee } else { nil }
    }
}

extension Objective {
    /// How many errors of the kind held a choice may make on rows that it was not fitted to, of which `positives` are
    /// positive and `negatives` negative, the base making `base`; `nil` where nothing is held.
    ///
    /// Of a rate with a guarantee, this is what hyperparameters are chosen by: the rate itself, taken at its word. The
    /// guarantee comes from other rows.
    func budget(base: ErrorCounts, positives: Int, negatives: Int) -> Int? {
        guard case .fewest(let kind, let limit) = self else { return nil }
        switch limit {
        case .notAboveBase(let margin): return wholePart((1 - margin) * Double(base[kind.other]))
        case .rate(let guarantee):
            return wholePart(guarantee.level * Double(kind.other == .falseNegatives ? positives : negatives))
        }
    }

    /// What errors cost: their number where one kind is minimised.
    func loss(_ errors: ErrorCounts) -> Double {
        switch self {
        case .fewest(let kind, _): Double(errors[kind])
        case .leastCost(let falseNegative, let falsePositive):
            falseNegative * Double(errors.falseNegatives) + falsePositive * Double(errors.falsePositives)
        }
    }

    /// Whether the errors of a cut are better than those of one that flags less: of cuts with equal loss, the one that spends
    /// most of what is allowed, and where nothing is held, the one that flags least.
    func prefers(_ errors: ErrorCounts, to stricter: ErrorCounts) -> Bool {
        held == .falsePositives ? loss(errors) <= loss(stricter) : loss(errors) < loss(stricter)
    }

    /// What of several candidates is compared, first to last: lower is better.
    func rank(_ errors: ErrorCounts) -> (Double, Int) {
        (loss(errors), errors[held ?? .falsePositives])
    }
}
