/// What may be said of an adapter and one kind of error, so that nobody reads noise as a win.
public enum Verdict: String, Sendable, Hashable, CaseIterable, Codable {
    /// Fewer errors than the base, with an adjusted p value at or below the level.
    case improved
    /// More errors than the base, with an adjusted p value at or below the level.
    case worse
    /// Neither was shown, though the test set could have shown it.
    case noEvidence = "no_evidence"
    /// Neither was shown, and an adapter that fixed every error of the base would not have been shown either.
    case testSetTooSmall = "test_set_too_small"

    /// The verdict on a test's outcome.
    ///
    /// - Parameters:
    ///   - significance: the test, corrected for the rest of the table.
    ///   - rateDifference: error rate of the adapter less that of the base; `nil` where no image can show the error.
    ///   - limit: what the test images can show at all.
    ///   - level: the chance of any false claim in the whole table, such as 0.05.
    init(_ significance: Significance, rateDifference: Double?, limit: DetectionLimit, level: Double) {
        if let tested = significance.tested, let rateDifference, tested.adjustedPValue <= level, rateDifference != 0 {
            self = rateDifference < 0 ? .improved : .worse
        } else {
            self = limit.canShowImprovement ? .noEvidence : .testSetTooSmall
        }
    }
}
