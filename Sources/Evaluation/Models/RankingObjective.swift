/// What models are ranked by: the objective that adapters were trained for, as far as test images can tell.
public enum RankingObjective: Sendable, Equatable {
    /// Fewest errors of one kind, while the errors of the other kind are held as the rule says.
    case fewest(ErrorKind, holding: Promise.Rule)
    /// Least sum of errors, each at its cost, both above 0.
    case leastCost(falseNegative: Double, falsePositive: Double)

    /// The kind of error that is minimised, if it is one.
    public var minimised: ErrorKind? {
        if case .fewest(let kind, _) = self { kind } else { nil }
    }

    /// What an error of each kind costs, where a cost is minimised.
    var costs: ByErrorKind<Double>? {
        guard case .leastCost(let falseNegative, let falsePositive) = self else { return nil }
        return ByErrorKind { $0 == .falseNegatives ? falseNegative : falsePositive }
    }

    /// What `errors`, counts of each kind, cost: their number where one kind is minimised.
    func loss(_ errors: ByErrorKind<Double>) -> Double {
        switch self {
        case .fewest(let kind, _): errors[kind]
        case .leastCost(let falseNegative, let falsePositive):
            falseNegative * errors.falseNegatives + falsePositive * errors.falsePositives
        }
    }
}

/// Whether a model keeps on test images what the objective holds.
public enum HeldCondition: String, Sendable, Codable {
    /// It does.
    case kept
    /// It makes more errors than it may, but by a tenth at most.
    case nearlyKept = "nearly_kept"
    /// It makes clearly more, but chance could have given that.
    case exceeded
    /// It is shown to make more.
    case shownToBeExceeded = "shown_to_be_exceeded"

    /// What `errors` are, where `allowed` are held to, by their numbers alone.
    ///
    /// A rule that sits on the base model's count on training images oversteps it on unseen ones about half of the time, by
    /// a fraction of an image as often as not: that alone is no reason to put a model last.
    init(_ errors: Double, allowed: Double) {
        if errors <= allowed {
            self = .kept
        } else {
            self = HeldCondition.isClearlyMore(errors, than: allowed) ? .exceeded : .nearlyKept
        }
    }

    /// Whether `errors` are more than `others` by over a tenth of them.
    public static func isClearlyMore(_ errors: Double, than others: Double) -> Bool { errors > 1.1 * others }
}
