/// What a rule of a gate asks of an adapter.
public enum GateCondition: Sendable, Hashable {
    /// The rate is at most this, in 0...1.
    case atMost(Double)
    /// The rate is at most this much above the baseline's, on the same test images.
    case notWorseThanBaselineBy(Double)
    /// This share of the base model's errors is gone, at least.
    case improvementAtLeast(Double)

    /// The number that the rule names.
    public var limit: Double {
        switch self {
        case .atMost(let limit), .notWorseThanBaselineBy(let limit), .improvementAtLeast(let limit): limit
        }
    }

    /// What `interval`, of the quantity that the rule is about, says of it.
    func verdict(on interval: Interval) -> GateVerdict {
        switch self {
        case .atMost(let limit), .notWorseThanBaselineBy(let limit): GateVerdict(interval, atMost: limit)
        case .improvementAtLeast(let limit): GateVerdict(interval, atLeast: limit)
        }
    }

    /// The limit of `interval` that the verdict `pass` rests on.
    func decisive(_ interval: Interval) -> Double {
        if case .improvementAtLeast = self { interval.lower } else { interval.upper }
    }
}
