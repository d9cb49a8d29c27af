import Evaluation
import Moderation
import Testing

@Suite struct RepeatedSplitTests {
    typealias Change = SyntheticExperiment.Change

    @Test func theTestIsTheCorrectedTOfTheRateDifferences() throws {
        let experiment = SyntheticExperiment(present: 40, missed: 25, absent: 60, alarms: 12)
        let change = Change(fixedMisses: 12, newMisses: 1)
        let records = experiment.records(["ridge": change], repeats: 8, split: SyntheticExperiment.halves)
        let misses = try row(records).errors.falseNegatives
        let tables = tables(records)
        let testImages = records.flatMap(\.parts).count { $0 == .test }
        let trainingImages = records.flatMap(\.parts).count { $0 == .training }
        let ratio = Double(testImages) / Double(trainingImages)
        let sum = { (part: (PairedCounts) -> Int) in Double(tables.map(part).reduce(0, +)) }
        let difference = sum { $0.adapterErrors - $0.baseErrors } / sum(\.images)
        let residuals = tables.map { table in
            Double(table.adapterErrors - table.baseErrors) - difference * Double(table.images)
        }
        let spread = try #require(
            CorrectedT(residuals.map { difference + $0 / (sum(\.images) / 8) }, testToOthers: ratio))
        #expect(misses.significance.tested?.method == .correctedT)
        // The ratio of sums against the ratio of means: one rounding apart.
        #expect(isClose(misses.significance.tested?.pValue ?? 0, spread.pValue ?? 0, relative: 1e-12))
        #expect(misses.rateDifference.value == difference)
        #expect(misses.improvement.value == sum { $0.fixed - $0.broken } / sum(\.baseErrors))
    }

    @Test func imagesLeftOverByATrainingSizeDoNotWidenTheInterval() throws {
        let experiment = SyntheticExperiment(present: 40, missed: 25, absent: 60, alarms: 12)
        let comparison = { (split: @escaping SyntheticExperiment.Split) in
            try row(experiment.records(["ridge": Change(fixedMisses: 12)], repeats: 8, split: split)).errors
        }
        let all = try comparison(SyntheticExperiment.halves)
        let few = try comparison { repetition, image in
            let part = SyntheticExperiment.halves(repetition, image)
            return part == .training && image % 5 > 0 ? .unused : part
        }
        #expect(few == all)
    }

    @Test func repeatsWithoutBaseErrorsCountTheErrorsOfTheAdapter() throws {
        let experiment = SyntheticExperiment(present: 12, missed: 2)
        let change = Change(fixedMisses: 1, newMisses: 4)
        let records = experiment.records(["ridge": change], repeats: 8, split: SyntheticExperiment.halves)
        let tables = tables(records)
        let misses = try row(records).errors.falseNegatives
        #expect(tables.contains { $0.baseErrors == 0 && $0.adapterErrors > 0 })
        #expect(misses.improvement.measurement?.repeats == 8)
        let cells = misses.cells
        // The counts beside it are means of the same sums: one rounding apart.
        #expect(
            isClose(
                misses.improvement.value ?? 0, (cells.baseErrors - cells.adapterErrors) / cells.baseErrors,
                relative: 1e-12))
    }

    /// Two repeats with one base error each and two new ones, and six with 10 errors of which half are fixed: the mean of
    /// the ratios, -0.125, would call fewer errors worse.
    @Test func improvementHasTheSignOfTheCounts() throws {
        let experiment = SyntheticExperiment(present: 80, missed: 62, absent: 0, alarms: 0)
        let change = Change(fixedMisses: 30, newMisses: 4)
        let records = experiment.records(["ridge": change], repeats: 8) { repetition, image in
            let isTested =
                switch repetition {
                case 0..<6:
                    (repetition * 5..<repetition * 5 + 5).contains(image)
                        || (30 + repetition * 5..<35 + repetition * 5).contains(image)
                default: image == 54 + repetition || (50 + repetition * 2..<52 + repetition * 2).contains(image)
                }
            return isTested ? .test : .training
        }
        let misses = try row(records).errors.falseNegatives
        let ratios = tables(records).compactMap(\.improvement)
        #expect(ratios == [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, -2, -2])
        // 62 errors of the base, 36 of the adapter.
        #expect(misses.improvement.value == 26.0 / 62)
        #expect(misses.rateDifference.value ?? 1 < 0)
    }

    @Test func equalDifferencesGiveNoPValue() throws {
        // Every repeat tests another half of the images, each with 2 of 4 misses fixed.
        let experiment = SyntheticExperiment(present: 8, missed: 8, absent: 0, alarms: 0)
        let records = experiment.records(["ridge": Change(fixedMisses: 4)], repeats: 2) { repetition, image in
            image % 2 == repetition ? .test : .training
        }
        let misses = try row(records).errors.falseNegatives
        #expect(misses.significance == .untested(.noSpread))
        #expect(misses.improvement.measurement?.value == 0.5)
        #expect(misses.improvement.measurement?.intervalMissing == .noSpread)
        // Two repeats have one degree of freedom: they could not have shown anything.
        #expect(misses.verdict == .testSetTooSmall)
    }

    @Test func theSameTestImagesInEveryRepeatSayNothingOfOtherImages() throws {
        let records = SyntheticExperiment().records(["ridge": Change(fixedMisses: 9)], repeats: 3) { _, image in
            image % 3 == 0 ? .training : .test
        }
        let misses = try row(records).errors.falseNegatives
        #expect(misses.significance == .untested(.sameTestImages))
        #expect(misses.improvement.measurement?.intervalMissing == .sameTestImages)
        #expect(misses.verdict == .noEvidence)
    }

    @Test func anAdapterThatLacksARepeatIsHeldAgainstTheOthersOnly() throws {
        let experiment = SyntheticExperiment()
        var records = experiment.records(
            ["bias": .nothing, "ridge": Change(fixedMisses: 6)], repeats: 5, split: SyntheticExperiment.halves)
        records.removeAll { $0.adapter == "ridge" && $0.repetition == 2 }
        let comparison = try Comparison(records: records, adapters: ["bias", "ridge"])
        #expect(comparison.repeats == 5)
        #expect(comparison.labels[0].adapters.map(\.repeats) == [5, 4])
        #expect(comparison.labels[0].adapters[1].chosen.map(\.repetition) == [0, 1, 3, 4])
    }

    /// Holds of every experiment: the interval has the estimate inside, and no p value leaves (0, 1].
    @Test(arguments: 0..<12) func propertiesHold(seed: Int) throws {
        let experiment = SyntheticExperiment(
            present: 10 + seed * 3, missed: seed, absent: 20 + seed, alarms: 20 - seed)
        let change = Change(
            fixedMisses: seed / 2, newMisses: seed % 4, fixedAlarms: 10 - seed / 2, newAlarms: seed % 3)
        for repeats in [1, 2, 7] {
            let records = experiment.records(["ridge": change], repeats: repeats) { repetition, image in
                SyntheticExperiment.halves(repetition + seed * 100, image)
            }
            for kind in ErrorKind.allCases {
                check(try row(records).errors[kind])
            }
        }
    }

    private func check(_ errors: ErrorComparison) {
        for estimate in [errors.baseRate, errors.adapterRate, errors.rateDifference, errors.improvement] {
            guard let value = estimate.value, let interval = estimate.interval else { continue }
            #expect(interval.contains(value))
        }
        if let tested = errors.significance.tested {
            #expect(tested.pValue > 0 && tested.pValue <= tested.adjustedPValue && tested.adjustedPValue <= 1)
        }
        #expect((errors.improvement == .undefined(.noBaseErrors)) == (errors.cells.baseErrors == 0))
    }

    private func tables(_ records: [TrialRecord]) -> [PairedCounts] {
        records.map { record in
            let test = record.parts.indices.filter { record.parts[$0] == .test }
            let result = record.labels[0]
            return PairedCounts(
                of: .falseNegatives, truth: test.map { result.truth[$0] },
                baseScores: test.map { result.baseScores[$0] },
                adapterScores: test.map { result.adapterScores[$0] }, threshold: Threshold(confidence: 50))
        }
    }

    private func row(_ records: [TrialRecord]) throws -> AdapterRow {
        try #require(try Comparison(records: records, adapters: ["ridge"]).labels.first?.adapters.first)
    }
}
