internal import Moderation

/// Two models on the same test images, for one label and one kind of error: the reference takes the part of the base model,
/// the subject that of the adapter.
public struct PairedErrors: Sendable, Equatable {
    /// The four paired cells, as means over repeats: `fixed` by the subject, `broken` by it.
    public let cells: ErrorComparison.MeanCounts
    /// Error rate of the subject less that of the reference: negative is better.
    public let rateDifference: Estimate
    /// Share of the reference's errors that is gone.
    public let improvement: Estimate
    /// The test of no difference, before any correction.
    public let test: Test
    /// Images on which the two models decided differently in any repeat: places in ``TestErrors/images``, and what became of
    /// them, one count per repeat in which they were tested.
    public let changed: [ImageTests]

    /// What a test said, uncorrected.
    public enum Test: Sendable, Equatable {
        case tested(method: Significance.Method, pValue: Double)
        case untested(Reason)

        /// The p value, if there is one.
        public var pValue: Double? {
            if case .tested(_, let pValue) = self { pValue } else { nil }
        }
    }

    /// The errors of `kind` that `subject` makes beside `reference`.
    ///
    /// - Throws: ``PairRefusal`` where they were not tested on the same images.
    public init(
        _ kind: ErrorKind, reference: TestErrors, subject: TestErrors
    ) throws(PairRefusal) {
        try PairRefusal.check(reference, subject)
        let repeats = PairedRepeats(kind, reference: reference, subject: subject)
        cells = ErrorComparison.MeanCounts(repeats.counts)
        rateDifference = repeats.rateDifference
        improvement = repeats.improvement
        do throws(PairedRepeats.Undefined) {
            let test = try repeats.test()
            self.test = .tested(method: test.method, pValue: test.pValue)
        } catch {
            test = .untested(error.reason)
        }
        changed = subject.images(showing: kind).compactMap { image in
            let outcomes = zip(reference.repeats, subject.repeats).compactMap { reference, subject in
                subject.outcome(of: image, beside: reference)
            }
            return outcomes.contains { $0 == .fixed || $0 == .broken }
                ? ImageTests(image: image, counts: PairedCounts(outcomes)) : nil
        }
    }
}

extension PairedRepeats {
    /// The outcomes of the images that could show `kind`.
    init(_ kind: ErrorKind, reference: TestErrors, subject: TestErrors) {
        let images = subject.images
        grouped = zip(reference.repeats, subject.repeats).map { reference, subject in
            let tested = subject.tested.filter { images[$0].kind == kind }
            return GroupedCounts(
                tested.grouped { images[$0].group }.map { group in
                    PairedCounts(group.compactMap { subject.outcome(of: $0, beside: reference) })
                })
        }
        let isSameTest = subject.repeats.allSatisfy { $0.tested == subject.repeats[0].tested }
        // The more images outside the test part, the fewer do tests share: of two models that had others, the fewer count.
        let others = min(
            reference.repeats.mean { Double($0.otherImages) }, subject.repeats.mean { Double($0.otherImages) })
        testToOthers = isSameTest || others == 0 ? nil : subject.repeats.mean { Double($0.tested.count) } / others
    }
}

extension TestErrors.Repeat {
    /// What became of `image` beside the same test of `reference`; `nil` where it was not tested.
    fileprivate func outcome(of image: Int, beside reference: TestErrors.Repeat) -> PairedOutcome? {
        guard tested.binaryContains(image) else { return nil }
        return PairedOutcome(
            baseIsWrong: reference.wrong.contains(image), adapterIsWrong: wrong.contains(image))
    }
}

extension [Int] {
    /// Whether the elements, in ascending order, contain `value`.
    fileprivate func binaryContains(_ value: Int) -> Bool {
        var (lower, upper) = (0, count)
        while lower < upper {
            let middle = (lower + upper) / 2
            if self[middle] == value { return true }
            if self[middle] < value { lower = middle + 1 } else { upper = middle }
        }
        return false
    }
}
