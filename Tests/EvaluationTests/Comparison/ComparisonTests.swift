import Evaluation
import Foundation
import LinearAlgebra
import Moderation
import Testing

@Suite struct ComparisonTests {
    typealias Change = SyntheticExperiment.Change

    @Test func countsCellsRatesAndFlaggedShare() throws {
        let experiment = SyntheticExperiment(unknown: 7)
        let change = Change(fixedMisses: 8, newMisses: 1, fixedAlarms: 2, newAlarms: 3)
        let row = try row(experiment.records(["ridge": change]))
        #expect(row.images == 50)
        let misses = row.errors.falseNegatives
        #expect(
            [misses.cells.bothWrong, misses.cells.fixed, misses.cells.broken, misses.cells.bothRight] == [2, 8, 1, 9])
        #expect(misses.cells.images == 20 && misses.cells.baseErrors == 10 && misses.cells.adapterErrors == 3)
        #expect(misses.baseRate.value == 0.5 && misses.adapterRate.value == 0.15)
        #expect(misses.improvement.value == 0.7)
        let alarms = row.errors.falsePositives
        #expect(
            [alarms.cells.bothWrong, alarms.cells.fixed, alarms.cells.broken, alarms.cells.bothRight] == [4, 2, 3, 21])
        // 10 found + 6 false alarms, then 17 found + 7 false alarms, of 50 images of known truth.
        #expect(row.baseFlaggedShare == 0.32 && row.adapterFlaggedShare == 0.48)
    }

    @Test func oneSplitHasTheIntervalsAndTestsOfItsTable() throws {
        let change = Change(fixedMisses: 8, newMisses: 1, fixedAlarms: 2)
        let row = try row(SyntheticExperiment().records(["ridge": change]))
        let table = PairedCounts(bothWrong: 2, fixed: 8, broken: 1, bothRight: 9)
        let misses = row.errors.falseNegatives
        #expect(misses.improvement.interval == Interval.bonettPrice(of: table))
        #expect(misses.rateDifference.interval == Interval.newcombe(of: table))
        #expect(misses.baseRate.interval == Interval.wilson(10, of: 20))
        let tested = try #require(misses.significance.tested)
        #expect(tested.method == .mcNemarMidP)
        #expect(tested.pValue == McNemar.midP(fixed: 8, broken: 1))
    }

    @Test func holmRangesOverEveryTestOfTheTable() throws {
        let records = SyntheticExperiment().records([
            "bias": Change(fixedMisses: 3, newAlarms: 3), "ridge": Change(fixedMisses: 9, newAlarms: 1),
            "none": .nothing,
        ])
        let comparison = try Comparison(records: records, adapters: ["bias", "ridge"])
        #expect(comparison.tests == 4)
        let tested = comparison.labels[0].adapters.flatMap { row in
            ErrorKind.allCases.compactMap { row.errors[$0].significance.tested }
        }
        #expect(tested.map(\.adjustedPValue) == Holm.adjusted(tested.map(\.pValue)))
    }

    @Test func rowsStandInTheDeclaredOrderWhateverTheRecordsAre() throws {
        let records = SyntheticExperiment().records(
            ["a": Change(fixedMisses: 1), "b": Change(fixedMisses: 2), "c": Change(fixedMisses: 3)], repeats: 3,
            split: SyntheticExperiment.halves)
        let comparison = try Comparison(records: records, adapters: ["c", "a", "missing"])
        #expect(comparison.labels[0].adapters.map(\.adapter) == ["c", "a"])
        #expect(try Comparison(records: records.reversed(), adapters: ["c", "a", "missing"]) == comparison)
        #expect(comparison.labels[0].base.repeats == 3)
    }

    @Test func improvementIsUndefinedExactlyWhereTheBaseMadeNoError() throws {
        let records = SyntheticExperiment(missed: 0, alarms: 6).records(["ridge": Change(newMisses: 2, fixedAlarms: 6)])
        let errors = try row(records).errors
        #expect(errors.falseNegatives.improvement == .undefined(.noBaseErrors))
        #expect(errors.falseNegatives.rateDifference.value == 0.1)
        #expect(errors.falseNegatives.significance.tested != nil)
        #expect(errors.falsePositives.improvement.value == 1)
    }

    @Test func aLabelWithoutPositivesHasNoTest() throws {
        let records = SyntheticExperiment(present: 0, missed: 0).records(["ridge": Change(fixedAlarms: 6)])
        let comparison = try Comparison(records: records, adapters: ["ridge"])
        let errors = comparison.labels[0].adapters[0].errors
        #expect(errors.falseNegatives.improvement == .undefined(.noImages))
        #expect(errors.falseNegatives.significance == .untested(.noImages))
        #expect(errors.falseNegatives.verdict == .testSetTooSmall)
        #expect(comparison.tests == 1)
    }

    @Test func verdictsTellNoiseFromWinsAndFromTooFewImages() throws {
        let errors = { (experiment: SyntheticExperiment, change: Change) in
            try row(experiment.records(["ridge": change])).errors
        }
        // Two tests: at the strictest step of Holm's correction 6 fixed images are needed.
        #expect(try errors(.init(), Change(fixedMisses: 9)).falseNegatives.verdict == .improved)
        #expect(try errors(.init(), Change(newMisses: 9)).falseNegatives.verdict == .worse)
        #expect(try errors(.init(), Change(fixedMisses: 4)).falseNegatives.verdict == .noEvidence)
        #expect(try errors(.init(missed: 5), Change(fixedMisses: 5)).falseNegatives.verdict == .testSetTooSmall)
        #expect(try errors(.init(missed: 6), Change(fixedMisses: 5)).falseNegatives.verdict == .noEvidence)
        // Even where an improvement cannot be shown, harm can.
        #expect(try errors(.init(missed: 0), Change(newMisses: 9)).falseNegatives.verdict == .worse)
    }

    @Test func limitsSayHowManyImagesItWouldTake() throws {
        let records = SyntheticExperiment(present: 20, missed: 4).records(["ridge": Change(fixedMisses: 4)])
        let comparison = try Comparison(records: records, adapters: ["ridge"])
        let limit = comparison.labels[0].limits.falseNegatives
        #expect(limit.level == 0.025 && limit.smallestFixed == 6)
        #expect(!limit.canShowImprovement && limit.detectableImprovement == nil)
        // Half of the base's errors is 10% of the images.
        #expect(limit.imagesNeeded == Power.imagesNeeded(fixed: 0.1, needed: 6))
        #expect(comparison.labels[0].limits.falsePositives.imagesNeeded != nil)
    }

    @Test func imagesWithAnErrorAreListedWithTheirRepeats() throws {
        let change = Change(fixedMisses: 2, newAlarms: 1)
        let records = SyntheticExperiment().records(["ridge": change], repeats: 6, split: SyntheticExperiment.halves)
        let row = try row(records)
        // Ten misses and six false alarms of the base, and one more by the adapter.
        let wrong = Array(0..<10) + Array(20..<27)
        // Every image is a group of its own, so that those without an error are left out.
        #expect(row.imageTests.falseNegatives.rows.map(\.image) == wrong.filter { $0 < 20 })
        #expect(row.imageTests.falsePositives.rows.map(\.image) == wrong.filter { $0 >= 20 })
        for image in row.imageTests.falseNegatives.rows + row.imageTests.falsePositives.rows {
            let counts = image.counts
            #expect(counts.images > 0 && counts.images < 6)
            let outcome = image.image < 2 ? counts.fixed : image.image == 26 ? counts.broken : counts.bothWrong
            #expect(outcome == counts.images)
            #expect(image.isMostlyWrong == (image.image >= 2))
        }
    }

    @Test func compositionCountsTheBaseErrorsToTrainOn() throws {
        let experiment = SyntheticExperiment(present: 60, missed: 55, absent: 40, alarms: 10, unknown: 5)
        let records = experiment.records(["ridge": .nothing]) { _, image in image < 58 ? .training : .test }
        let label = try Comparison(records: records, adapters: ["ridge"]).labels[0]
        let composition = label.composition
        #expect(composition.trainingFalseNegatives == 55 && composition.trainingFalsePositives == 0)
        #expect(composition.trainingImages == 58 && composition.testImages == 42)
        // What can be shown rests on test images alone.
        #expect(label.limits.falseNegatives.images == 2 && label.limits.falseNegatives.baseErrors == 0)
        #expect(label.limits.falsePositives.images == 40 && label.limits.falsePositives.baseErrors == 10)
        #expect(composition.advice.isEmpty)
        let scarce = Composition(
            trainingFalsePositives: 19, trainingFalseNegatives: 49, trainingImages: 90, testImages: 19)
        #expect(scarce.advice == [.fewTrainingErrors, .fewTestImages])
    }

    @Test func jsonKeepsEverythingAndItsBytes() throws {
        let records = SyntheticExperiment(missed: 0).records(
            ["ridge": Change(newMisses: 1, fixedAlarms: 2)], repeats: 4, split: SyntheticExperiment.halves)
        let comparison = try Comparison(records: records, adapters: ["ridge"])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let data = try encoder.encode(comparison)
        #expect(try JSONDecoder().decode(Comparison.self, from: data) == comparison)
        #expect(try encoder.encode(Comparison(records: records.reversed(), adapters: ["ridge"])) == data)
    }

    private func row(_ records: [TrialRecord]) throws -> AdapterRow {
        try #require(try Comparison(records: records, adapters: ["ridge"]).labels.first?.adapters.first)
    }
}
