/// Two models of a table side by side: the reference takes the part of a base model, the subject that of an adapter.
public struct ModelPair: Sendable, Equatable, Codable {
    /// The name of the one that comes later by the objective.
    public let reference: String
    /// The name of the one that comes before it.
    public let subject: String
    /// The difference in each kind of error.
    public let errors: ByErrorKind<ErrorDifference>
    /// The test that both cost the same; `nil` unless the objective minimises a cost.
    public let cost: Significance?
}

/// What one model makes better and worse than another in one kind of error, on the same images.
public struct ErrorDifference: Sendable, Equatable, Codable {
    /// The four paired cells, as means over repeats: `fixed` by the subject, `broken` by it.
    public let cells: ErrorComparison.MeanCounts
    /// Error rate of the subject less that of the reference, with its paired interval: negative is better.
    public let rateDifference: Estimate
    /// Share of the reference's errors that the subject does not make.
    public let improvement: Estimate
    /// The test of no difference.
    public let significance: Significance

    /// Whether a difference is shown at `level`.
    public func isShown(level: Double) -> Bool {
        significance.tested.map { $0.adjustedPValue <= level && rateDifference.value != 0 } ?? false
    }
}

/// A difference before Holm's correction, which needs the tests of all.
struct RawDifference {
    let cells: ErrorComparison.MeanCounts
    let rateDifference: Estimate
    let improvement: Estimate
    let test: Result<PairedRepeats.RawTest, PairedRepeats.Undefined>

    init(_ repeats: PairedRepeats) {
        cells = ErrorComparison.MeanCounts(repeats.counts)
        rateDifference = repeats.rateDifference
        improvement = repeats.improvement
        test = Result { () throws(PairedRepeats.Undefined) in try repeats.test() }
    }

    /// The difference with the next of `adjusted` p values, where it was tested.
    func corrected(_ adjusted: inout ArraySlice<Double>) -> ErrorDifference {
        ErrorDifference(
            cells: cells, rateDifference: rateDifference, improvement: improvement,
            significance: Significance(test, adjusted: &adjusted))
    }
}

extension Significance {
    /// What `test` said, with the next of `adjusted` p values, where there is one.
    init(_ test: Result<PairedRepeats.RawTest, PairedRepeats.Undefined>, adjusted: inout ArraySlice<Double>) {
        switch test {
        case .failure(let undefined): self = .untested(undefined.reason)
        case .success(let test):
            self = .tested(.init(method: test.method, pValue: test.pValue, adjustedPValue: adjusted.removeFirst()))
        }
    }
}
