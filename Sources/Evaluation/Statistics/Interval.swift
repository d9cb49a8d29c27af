/// A confidence interval: all intervals of Moderato are two-sided at 95%.
public struct Interval: Sendable, Equatable, Codable {
    /// The lower limit, at most the upper one.
    public let lower: Double
    /// The upper limit.
    public let upper: Double

    /// The standard normal quantile of a two-sided 95% interval.
    public static let standardScore = 1.959963984540054
    /// The confidence that goes with it.
    public static let confidence = 0.95

    /// The interval from `lower` to `upper`.
    public init(lower: Double, upper: Double) {
        precondition(lower <= upper, "an interval's limits are in order, given \(lower) and \(upper)")
        self.lower = lower
        self.upper = upper
    }

    /// Whether `value` lies within, the limits included.
    public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
