import Evaluation
import Foundation
import LinearAlgebra
import Moderation
import Testing

/// What was promised beside what became of it, on records whose every count is chosen.
@Suite struct PromiseTests {
    /// Nine images without the label: three to train on, of which one sets the threshold, and six to test on in three groups.
    /// `flagged` are the images that the adapter flags, the base flags the first, fourth and fifth.
    private func record(_ flagged: Set<Int>, repetition: Int = 0, adapter: String = "ridge", calibration: [Int] = [1])
        -> TrialRecord
    {
        let groups = ["a", "b", "b", "c", "c", "c", "d", "d", "e"]
        return TrialRecord(
            id: Digest(of: "\(repetition)"), specification: "{}", determinants: [], adapter: adapter,
            repetition: repetition, thresholdConfidence: 50,
            images: groups.indices.map {
                .init(digest: Digest(of: "\($0)"), path: "\($0)", group: groups[$0])
            },
            parts: groups.indices.map { $0 < 3 ? .training : .test },
            labels: [
                LabelResult(
                    label: Label(path: ["Alcohol"]), truth: Array(repeating: .absent, count: 9),
                    baseScores: [0, 3, 4].reduce(into: [Float](repeating: -1, count: 9)) { $0[$1] = 1 },
                    adapterScores: flagged.reduce(into: [Float](repeating: -1, count: 9)) { $0[$1] = 1 },
                    chosen: [], head: [], calibration: calibration)
            ])
    }

    private func row(_ rule: Promise.Rule, _ records: [TrialRecord]) throws -> PromiseRow {
        try #require(PromiseTable(Promise(.falsePositives, rule), records: records, adapters: ["ridge"]).rows.first)
    }

    @Test func theBasesCountIsHeldAgainstTheTestImages() throws {
        // One of the base's is made on training images; on test images one, then three, where the base makes two.
        let row = try row(.notAboveBase(margin: 0), [record([1, 3]), record([3, 6, 7], repetition: 1)])
        #expect(row.repeats == 2 && row.trainingImages == 3)
        #expect(row.allowed == 1 && row.onTraining == 0.5)
        #expect(row.onTest == 2 && row.largestOnTest == 3 && row.baseOnTest == 2)
        #expect(row.repeatsAbove == 1)
        #expect(try self.row(.notAboveBase(margin: 0.5), [record([])]).allowed == 0)
    }

    @Test func aRateIsAMeanOverGroups() throws {
        // Group c: one of three; d: both of two; e: none of one.
        let row = try row(.rate(level: 0.4, probability: 0.9), [record([3, 6, 7])])
        #expect(row.allowed == 0.4 && row.trainingImages == 1 && row.onTraining == 0)
        #expect(abs(row.onTest - (1.0 / 3 + 1 + 0) / 3) < 1e-15)
        #expect(abs(row.baseOnTest - (2.0 / 3 + 0 + 0) / 3) < 1e-15)
        #expect(row.repeatsAbove == 1)
        #expect(try self.row(.rate(level: 0.45, probability: nil), [record([3, 6, 7])]).repeatsAbove == 0)
        #expect(try self.row(.rate(level: 0.4, probability: 0.9), [record([1, 2])]).onTraining == 1)
    }

    @Test func whatPromisesNothingHasNoRow() {
        let rate = Promise(.falsePositives, .rate(level: 0.1, probability: 0.9))
        #expect(PromiseTable(rate, records: [record([], calibration: [])], adapters: ["ridge"]).rows.isEmpty)
        // No image of the record shows the label, so none can be missed.
        let misses = Promise(.falseNegatives, .notAboveBase(margin: 0))
        #expect(PromiseTable(misses, records: [record([])], adapters: ["ridge"]).rows.isEmpty)
        #expect(PromiseTable(misses, records: [], adapters: ["ridge"]).rows.isEmpty)
    }

    @Test func theOrderOfRecordsDoesNotMatter() {
        let records = (0..<4).map { record([3, $0], repetition: $0) }
        let promise = Promise(.falsePositives, .notAboveBase(margin: 0.25))
        #expect(
            PromiseTable(promise, records: records, adapters: ["ridge"])
                == PromiseTable(promise, records: records.reversed(), adapters: ["ridge"]))
    }

    @Test(arguments: [
        Promise(.falsePositives, .notAboveBase(margin: 0.25)),
        Promise(.falseNegatives, .rate(level: 0.1, probability: 0.9)),
        Promise(.falseNegatives, .rate(level: 0.1, probability: nil)),
    ])
    func aTableIsWrittenAndReadBack(promise: Promise) throws {
        let table = PromiseTable(promise, records: [record([3])], adapters: ["ridge"])
        #expect(try JSONDecoder().decode(PromiseTable.self, from: JSONEncoder().encode(table)) == table)
    }
}
