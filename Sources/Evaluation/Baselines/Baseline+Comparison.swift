extension Baseline {
    /// What `subject` got wrong then, to be compared with what it gets wrong now.
    public struct Counterpart: Sendable, Equatable {
        /// The errors of the baseline, in the same tests.
        public let errors: TestErrors
        /// Whether the same trials decided then and now.
        public let isSameTrials: Bool
        /// Whether every decision is the same. It may not be where trials are: what a network makes of an image may differ
        /// in its last bits between kinds of CPUs, and so may what lies at the threshold.
        public let isSameDecisions: Bool
    }

    /// The errors that the baseline has of the subject of `entry`, which is what it is now, at `threshold` in percent.
    ///
    /// - Throws: ``BaselineRefusal`` where it has none, or was tested otherwise.
    public func counterpart(of entry: Entry, threshold: Double) throws(BaselineRefusal) -> Counterpart {
        guard about.layout == Baseline.layout else { throw .layout(about.layout) }
        guard about.threshold == threshold else { throw .threshold(then: about.threshold, now: threshold) }
        guard let test = tests.first(where: { $0.isOf(entry.subject) }) else { throw .noTest(entry.subject) }
        guard let wrong = wrong.first(where: { $0.subject == entry.subject }) else {
            throw .noAdapter(entry.subject.adapter, known: rates.filter { test.isOf($0.subject) }.map(\.adapter))
        }
        try test.check(entry.errors)
        let errors = try wrong.errors(inTestsOf: entry.errors)
        // Lines that were lost or gained by hand, or in a merge, still fit the tests: their sums do not.
        let sums = Rates(Entry(entry.subject, trials: wrong.trials, errors: errors))
        guard rates.filter({ $0.subject == entry.subject }) == [sums] else { throw .altered }
        return Counterpart(
            errors: errors, isSameTrials: wrong.trials == entry.trials, isSameDecisions: errors == entry.errors)
    }
}

extension Baseline.Rates {
    /// What these rates are about.
    public var subject: Baseline.Subject { Baseline.Subject(adapter: adapter, label: label, split: split) }
}
