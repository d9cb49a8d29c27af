/// What may be said of a gate's rule, of which there are three things: that it holds, that it does not, or neither.
///
/// A point estimate would always say one of the first two, and be wrong in every other case near the limit.
public enum GateVerdict: String, Sendable, Hashable, CaseIterable, Codable {
    /// The whole 95% interval is on the right side of the limit.
    case pass
    /// The whole 95% interval is on the wrong side of the limit.
    case fail
    /// The limit lies within the interval: the test images show neither.
    case inconclusive

    /// The verdict on a quantity that `interval` is about and that may be `limit` at most: non-inferiority where it is a
    /// difference from a baseline and the limit a margin (Piaggio and others 2012, CONSORT, figure 1).
    public init(_ interval: Interval, atMost limit: Double) {
        self = interval.upper <= limit ? .pass : interval.lower > limit ? .fail : .inconclusive
    }

    /// The verdict on a quantity that is to be `limit` at least.
    public init(_ interval: Interval, atLeast limit: Double) {
        self = interval.lower >= limit ? .pass : interval.upper < limit ? .fail : .inconclusive
    }
}

extension Sequence<GateVerdict> {
    /// `fail` where any is, else `inconclusive` where any is, else `pass`; `nil` where there is none.
    public var worst: GateVerdict? {
        let verdicts = Set(self)
        return [.fail, .inconclusive, .pass].first(where: verdicts.contains)
    }
}
