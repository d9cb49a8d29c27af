internal import Foundation
internal import Moderation

/// One test of one image by one model.
struct ScoredTest {
    /// The model's score, a logit.
    let score: Float
    /// Whether the image has the label.
    let isPresent: Bool

    /// The confidence, 0 to 1.
    var probability: Double { Threshold.confidence(of: score) / 100 }
}

extension [ScoredTest] {
    /// Precision and recall at every threshold that tells two of the tests apart, from the highest to the lowest; empty
    /// where no test has the label. Tests of equal score go together.
    var precisionRecall: [LabelExploration.PrecisionRecallPoint] {
        let present = count(where: \.isPresent)
        guard present > 0 else { return [] }
        let ordered = sorted { $0.score > $1.score }
        var points: [LabelExploration.PrecisionRecallPoint] = []
        var hits = 0
        for (index, test) in ordered.enumerated() {
            if test.isPresent { hits += 1 }
            guard index + 1 == ordered.count || ordered[index + 1].score != test.score else { continue }
            points.append(
                .init(recall: Double(hits) / Double(present), precision: Double(hits) / Double(index + 1)))
        }
        return points
    }

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

extension [LabelExploration.PrecisionRecallPoint] {
    /// Σ (recall - recall before) · precision; `nil` where there is no point.
    var averagePrecision: Double? {
        guard !isEmpty else { return nil }
        return zip([0] + map(\.recall), self).map { before, point in (point.recall - before) * point.precision }
            .reduce(0, +)
    }

    /// The points that a picture can tell apart: both ends, and each that lies away from the one kept before it.
    var thinned: [LabelExploration.PrecisionRecallPoint] {
        // Of a picture of 350 user units each way: less than a mark of the operating point takes.
        let step = 0.01
        var kept: [LabelExploration.PrecisionRecallPoint] = []
        for (index, point) in enumerated() {
            guard let last = kept.last, index + 1 < count else {
                kept.append(point)
                continue
            }
            if abs(point.recall - last.recall) + abs(point.precision - last.precision) >= step { kept.append(point) }
        }
        return kept
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
