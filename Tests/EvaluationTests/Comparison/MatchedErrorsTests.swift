import Evaluation
import LinearAlgebra
import Moderation
import Testing

@Suite struct MatchedErrorsTests {
    /// An adapter that only moves or stretches the base score tells images apart no better: nothing may be claimed for it.
    @Test(arguments: [1, 5]) func whatKeepsTheOrderChangesNothing(repeats: Int) throws {
        let records = RandomRecords(seed: 3, repeats: repeats, largestGroup: 3).records.map { record in
            let result = record.labels[0]
            return record.with(adapterScores: result.baseScores.map { 3 * $0 + 1 })
        }
        let row = try Comparison(records: records, adapters: RandomRecords.adapters).labels[0].adapters[0]
        #expect(row.errors.falseNegatives.improvement.value != 0)
        for kind in ErrorKind.allCases { #expect(row.matched[kind].improvement.value == 0) }
    }

    /// Scores of 4 images with the label, then of 20 without.
    private func matched(present: [Float], absent: [Float], base: [Float]) throws -> ByErrorKind<MatchedErrors> {
        let truth = present.map { _ in Truth.present } + absent.map { _ in Truth.absent }
        let record = TrialRecord(
            id: Digest(of: "trial"), specification: "{}", determinants: [], adapter: "a", repetition: 0,
            thresholdConfidence: 50,
            images: truth.indices.map {
                .init(digest: Digest(of: "\($0)"), path: "\($0)", group: "\($0)")
            },
            parts: truth.map { _ in .test },
            labels: [
                LabelResult(
                    label: Label(path: ["A"]), truth: truth, baseScores: base, adapterScores: present + absent,
                    chosen: [], head: [])
            ])
        return try Comparison(records: [record], adapters: ["a"]).labels[0].adapters[0].matched
    }

    /// The base finds 2 of 4 and flags 3 of 20; a budget of 5% is one image.
    private let base: [Float] = [3, 1, -1, -2] + [4, 2, 0.5] + Array(repeating: -3, count: 17)

    @Test func equalScoresCountAgainstTheOneThatHasThem() throws {
        // Two positives and three negatives share a score: to find two is to flag all three, and no budget allows that.
        let tied = try matched(
            present: [5, 5, -1, -1], absent: [5, 5, 5] + Array(repeating: -2, count: 17), base: base)
        #expect(tied.falsePositives.adapterErrors == 3 && tied.falsePositives.baseErrors == 2)
        #expect(tied.falseNegatives.adapterErrors == 4 && tied.falseNegatives.baseErrors == 3)
    }

    @Test func aPerfectOrderLeavesNoError() throws {
        let perfect = try matched(
            present: [-5, -6, -7, -8], absent: Array(repeating: -9, count: 20), base: base)
        for kind in ErrorKind.allCases {
            #expect(perfect[kind].adapterErrors == 0 && perfect[kind].improvement.value == 1)
        }
    }

    @Test func aBaseThatMissesAllNeedsToFlagNothing() throws {
        let blind: [Float] = Array(repeating: -1, count: 4) + [1, 1] + Array(repeating: -2, count: 18)
        let matched = try matched(present: [1, 2, 3, 4], absent: Array(repeating: 0, count: 20), base: blind)
        #expect(matched.falsePositives.baseErrors == 0 && matched.falsePositives.improvement.value == nil)
    }
}

extension TrialRecord {
    fileprivate func with(adapterScores: [Float]) -> TrialRecord {
        let result = labels[0]
        return TrialRecord(
            id: id, specification: specification, determinants: determinants, adapter: adapter, repetition: repetition,
            thresholdConfidence: thresholdConfidence, images: images, parts: parts,
            labels: [
                LabelResult(
                    label: result.label, truth: result.truth, baseScores: result.baseScores,
                    adapterScores: adapterScores, chosen: [], head: [])
            ])
    }
}
