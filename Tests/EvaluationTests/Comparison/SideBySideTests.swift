import Evaluation
import Moderation
import Testing

@Suite struct SideBySideTests {
    private let settings = [
        RandomRecords(seed: 5, repeats: 6, largestGroup: 1).records,
        RandomRecords(seed: 6, repeats: 3, largestGroup: 4).records,
    ]

    /// One correction for all tables of a report: each is what it is alone but for the number of tests.
    @Test func theCorrectionRangesOverAllSettings() throws {
        let adapters = RandomRecords.adapters
        let together = try Comparison.sideBySide(settings, adapters: adapters)
        let alone = try settings.map { try Comparison(records: $0, adapters: adapters) }
        #expect(together.map(\.tests) == [16, 16] && alone.map(\.tests) == [8, 8])
        let tested = { (comparison: Comparison) in
            comparison.labels[0].adapters.flatMap { row in
                ErrorKind.allCases.compactMap { row.errors[$0].significance.tested }
            }
        }
        let pValues = together.flatMap { tested($0).map(\.pValue) }
        #expect(pValues == alone.flatMap { tested($0).map(\.pValue) })
        #expect(together.flatMap { tested($0).map(\.adjustedPValue) } == Holm.adjusted(pValues))
        for (one, other) in zip(together, alone) {
            #expect(one.labels[0].adapters.map(\.matched) == other.labels[0].adapters.map(\.matched))
            #expect(one.labels[0].limits.falseNegatives.level == other.labels[0].limits.falseNegatives.level / 2)
        }
    }

    @Test func theMeanOfLabelsIsThePlainMean() throws {
        let first = RandomRecords(seed: 5, repeats: 6, largestGroup: 2).records
        let second = RandomRecords(seed: 5, repeats: 6, largestGroup: 2, noise: 0.4).records
        let records = zip(first, second).map { record, other in
            TrialRecord(
                id: record.id, specification: "{}", determinants: [], adapter: record.adapter,
                repetition: record.repetition, thresholdConfidence: 50, images: record.images, parts: record.parts,
                labels: record.labels
                    + other.labels.map {
                        LabelResult(
                            label: Label(path: ["Weapons"]), truth: $0.truth, baseScores: $0.baseScores,
                            adapterScores: $0.adapterScores, chosen: [], head: [])
                    })
        }
        let comparison = try Comparison(records: records, adapters: RandomRecords.adapters)
        #expect(comparison.means.map(\.adapter) == RandomRecords.adapters)
        for (index, mean) in comparison.means.enumerated() {
            for kind in ErrorKind.allCases {
                let rows = comparison.labels.map { $0.adapters[index] }
                let values = rows.compactMap { $0.errors[kind].improvement.value }
                #expect(mean.errors[kind].labels == 2 && mean.errors[kind].improvement.value == values.reduce(0, +) / 2)
                let matched = rows.compactMap { $0.matched[kind].improvement.value }
                #expect(mean.matched[kind].improvement.value == matched.reduce(0, +) / 2)
            }
        }
    }
}
