import Evaluation
import Moderation
import TestSupport
import Testing

/// Images of one group come right or wrong together.
@Suite struct GroupTests {
    @Test func wholeGroupsAreSwappedAsSciPyDoes() throws {
        let cases = [[3, 2, -1, 4], [5, -5], [1, 1, 1, 2, 0, -3], [8, 8, 8, 8, 8, 1, -2], [2, 0]]
        let script = """
            import numpy
            from scipy import stats
            def mid_p(changes):
                result = stats.permutation_test(
                    (changes, numpy.zeros(len(changes))), lambda x, y, axis: numpy.sum(x - y, axis=axis),
                    permutation_type="samples", n_resamples=numpy.inf, vectorized=True)
                sums = numpy.abs(result.null_distribution)
                return float((sums > abs(sum(changes))).mean() + (sums == abs(sum(changes))).mean() / 2)
            answer([mid_p(changes) for changes in input])
            """
        let expected = try Oracle.run(script, input: cases, as: [Double].self)
        for (changes, expected) in zip(cases, expected) {
            // Sums of powers of 1/2.
            #expect(isClose(McNemar.midP(changes: changes), expected, relative: 1e-14))
        }
    }

    @Test func imagesOfTheirOwnGroupsAreMcNemars() {
        let changes = Array(repeating: 1, count: 9) + Array(repeating: -1, count: 2) + [0, 0]
        #expect(McNemar.midP(changes: changes) == McNemar.midP(fixed: 9, broken: 2))
        #expect(McNemar.midP(changes: [0, 0]) == 1 && McNemar.midP(changes: []) == 1)
    }

    /// An adapter that is no better and no worse, on groups of 8: image by image, one test in four would claim a change.
    @Test func noiseIsNotClaimedMoreOftenThanSaid() {
        var generator = SplitMix(state: 3)
        var (byGroup, byImage) = (0, 0)
        for _ in 0..<400 {
            let changes = (0..<20).map { _ in Int.random(in: 0...8, using: &generator) - 4 }
            if McNemar.midP(changes: changes) <= 0.05 { byGroup += 1 }
            let fixed = changes.filter { $0 > 0 }.reduce(0, +)
            let broken = -changes.filter { $0 < 0 }.reduce(0, +)
            if McNemar.midP(fixed: fixed, broken: broken) <= 0.05 { byImage += 1 }
        }
        // 20 of 400 are meant, give or take 4.4.
        #expect((8...33).contains(byGroup))
        #expect(byImage > 70)
    }

    @Test func copiesOfAnImageSayNothingNew() throws {
        let once = try errors(copies: 1), fourTimes = try errors(copies: 4)
        #expect(fourTimes.cells.fixed == 4 * once.cells.fixed)
        #expect(fourTimes.verdict == once.verdict)
        let pValues = try [once, fourTimes].map { try #require($0.significance.tested).pValue }
        // Sums of powers of 1/2 against a product of gamma functions.
        #expect(isClose(pValues[0], pValues[1], relative: 1e-12))
        for estimate in [\ErrorComparison.baseRate, \.rateDifference, \.improvement] {
            let (few, many) = (try #require(once[keyPath: estimate].interval), fourTimes[keyPath: estimate].interval)
            // Student's t of 19 degrees of freedom is 7% wider than the normal score; small counts are pulled less.
            let ratio = try #require(many).width / few.width
            #expect(ratio > 0.95 && ratio < 1.15)
        }
    }

    /// Where no error is left there is no spread to go by: as many groups stand behind it, no more and no fewer.
    @Test func anAdapterWithoutErrorsRestsOnAsManyGroups() throws {
        let perfect = SyntheticExperiment.Change(fixedMisses: 20)
        let intervals = try [1, 4].map { copies in
            try #require(errors(copies: copies, change: perfect).improvement.interval)
        }
        #expect(intervals.allSatisfy { $0.upper == 1 && $0.lower > 0.7 })
        #expect(abs(intervals[0].lower - intervals[1].lower) < 0.05)
    }

    @Test func copiesOfAnImageDoNotLetAReportPromiseMore() throws {
        for repeats in [1, 8] {
            let (once, fourTimes) = (try limit(copies: 1, repeats: repeats), try limit(copies: 4, repeats: repeats))
            #expect(fourTimes.baseErrors == 4 * once.baseErrors && fourTimes.designEffect == 4)
            #expect(fourTimes.baseErrorGroups == once.baseErrorGroups)
            #expect(fourTimes.detectableImprovement == once.detectableImprovement)
            #expect(fourTimes.canShowImprovement == once.canShowImprovement)
            #expect(try #require(fourTimes.imagesNeeded) == 4 * #require(once.imagesNeeded))
        }
    }

    private func errors(copies: Int, change: SyntheticExperiment.Change = change) throws -> ErrorComparison {
        try #require(comparison(copies: copies, repeats: 1, change: change).labels[0].adapters.first).errors
            .falseNegatives
    }

    private func limit(copies: Int, repeats: Int) throws -> DetectionLimit {
        try comparison(copies: copies, repeats: repeats).labels[0].limits.falseNegatives
    }

    /// 12 of 20 misses fixed, and 2 new ones.
    private static let change = SyntheticExperiment.Change(fixedMisses: 12, newMisses: 2)

    /// 20 misses on 40 objects; every object is shown by `copies` images.
    private func comparison(
        copies: Int, repeats: Int, change: SyntheticExperiment.Change = change
    ) throws -> Comparison {
        let objects = SyntheticExperiment(present: 40, missed: 20, absent: 0, alarms: 0)
        let records = objects.records(
            ["ridge": change], repeats: repeats,
            split: repeats > 1 ? SyntheticExperiment.halves : SyntheticExperiment.allTest)
        return try Comparison(records: records.map { $0.showing(each: copies) }, adapters: ["ridge"])
    }
}

extension Interval {
    fileprivate var width: Double { upper - lower }
}

extension TrialRecord {
    /// The record with `copies` of every image, all of one group.
    fileprivate func showing(each copies: Int) -> TrialRecord {
        let places = images.indices.flatMap { Array(repeating: $0, count: copies) }
        return TrialRecord(
            id: id, specification: specification, determinants: determinants, adapter: adapter, repetition: repetition,
            thresholdConfidence: thresholdConfidence, images: places.map { images[$0] },
            parts: places.map { parts[$0] },
            labels: labels.map { label in
                LabelResult(
                    label: label.label, truth: places.map { label.truth[$0] },
                    baseScores: places.map { label.baseScores[$0] },
                    adapterScores: places.map { label.adapterScores[$0] }, chosen: label.chosen, head: label.head)
            })
    }
}
