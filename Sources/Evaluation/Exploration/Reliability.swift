extension [ScoredTest] {
    /// Ten bins of equal width, those without a test left out; a confidence on an edge belongs to the bin below it.
    ///
    /// `repeats` holds for each repeat its tests group by group, of which `counted` makes the counts of a repeat.
    static func reliability(
        _ repeats: [[[ScoredTest]]], testToOthers: Double?, counted: ([PairedCounts]) -> GroupedCounts
    ) -> [LabelExploration.ReliabilityBin] {
        let edges = (1..<10).map { 0.1 * Double($0) }
        let binned = repeats.map { groups in
            groups.map { group in
                Dictionary(grouping: group) { test in edges.count { $0 < test.probability } }
            }
        }
        return (0...edges.count).compactMap { bin in
            LabelExploration.ReliabilityBin(
                bin, binned.map { groups in groups.compactMap { $0[bin] } }, testToOthers: testToOthers,
                counted: counted)
        }
    }
}

extension LabelExploration.ReliabilityBin {
    /// The bin at `bin` of the tests of each repeat, group by group; `nil` where there is none.
    ///
    /// A share of tests is estimated as an error rate is, having the label in the place of being wrong.
    fileprivate init?(
        _ bin: Int, _ repeats: [[[ScoredTest]]], testToOthers: Double?, counted: ([PairedCounts]) -> GroupedCounts
    ) {
        let tests = repeats.joined().joined()
        let grouped = repeats.map { groups in
            counted(
                groups.map { group in
                    PairedCounts(group.map { $0.isPresent ? PairedOutcome.bothWrong : .bothRight })
                })
        }
        let share = PairedRepeats(grouped: grouped, testToOthers: testToOthers).baseRate
        guard let sharePresent = share.measurement else { return nil }
        self.init(
            bin: bin, meanConfidence: tests.map(\.probability).reduce(0, +) / Double(tests.count),
            sharePresent: sharePresent,
            tests: tests.count)
    }
}

extension [LabelExploration.ReliabilityBin] {
    /// Mean of |share present - mean confidence|, weighted by tests; `nil` where there is no bin.
    var expectedCalibrationError: Double? {
        guard !isEmpty else { return nil }
        let weighted = map { Double($0.tests) * abs($0.sharePresent.value - $0.meanConfidence) }.reduce(0, +)
        return weighted / Double(map(\.tests).reduce(0, +))
    }
}
