import Evaluation
import Foundation
import Moderation
import TestSupport
import Testing

/// Adapters against one another: published tables, and SciPy.
@Suite struct ModelPairTests {
    /// Two adapters that agree as the reference and the subject of a published table, beside a base model that is wrong
    /// about all images.
    private func pair(bothWrong: Int, fixed: Int, broken: Int, bothRight: Int) throws -> ErrorDifference {
        let images = bothWrong + fixed + broken + bothRight
        var decided = DecidedModels(present: Array(repeating: true, count: images))
        decided.baseWrong = Set(0..<images)
        let comparison = try ModelComparison([
            decided.subject("reference", wrong: Set(0..<bothWrong + fixed)),
            decided.subject("subject", wrong: Set(0..<bothWrong).union(bothWrong + fixed..<bothWrong + fixed + broken)),
        ])
        let found = try #require(comparison.tables[0].pair(subject: "subject", reference: "reference"))
        #expect(!found.isTurned)
        return found.pair.errors.falseNegatives
    }

    private func expect(_ interval: Interval?, _ lower: Double, _ upper: Double, within tolerance: Double) throws {
        let interval = try #require(interval)
        #expect(abs(interval.lower - lower) < tolerance && abs(interval.upper - upper) < tolerance, "\(interval)")
    }

    /// Fagerland, Lydersen and Laake 2014 print 4 decimals of the limits and 6 of the p value.
    @Test func cavo2012() throws {
        let pair = try pair(bothWrong: 59, fixed: 16, broken: 6, bothRight: 80)
        try expect(pair.rateDifference.interval, -0.1186, -0.0046, within: 0.00005)
        try expect(pair.improvement.interval, 1 - 0.9910, 1 - 0.7579, within: 0.00005)
        #expect(abs((pair.significance.tested?.pValue ?? 0) - 0.034690) < 0.0000005)
        #expect(pair.cells.fixed == 16 && pair.cells.broken == 6)
    }

    /// Six decimals, computed with the R code of the same authors.
    @Test func bentur2009() throws {
        let pair = try pair(bothWrong: 1, fixed: 7, broken: 1, bothRight: 12)
        try expect(pair.rateDifference.interval, -0.506920, -0.025559, within: 0.0000005)
        try expect(pair.improvement.interval, 1 - 0.922727, 1 - 0.067734, within: 0.0000005)
        #expect(abs((pair.significance.tested?.pValue ?? 0) - 0.0390625) < 1e-12)
    }

    /// Every pair of four adapters, on one split and over repeats, of single images and of groups, as NumPy and SciPy have it
    /// of a base model and an adapter with the same decisions.
    @Test(arguments: zip([1, 1, 8], [1, 5, 3])) func everyPairIsThatOfSciPy(repeats: Int, largestGroup: Int) throws {
        let (decided, wrong) = DecidedModels.random(
            seed: 11, models: 4, repeats: repeats, images: 240, largestGroup: largestGroup)
        let names = wrong.indices.map { "model \($0)" }
        let comparison = try ModelComparison(zip(names, wrong).map { decided.subject($0, wrong: $1) })
        #expect(comparison.tests == 10 * 2)
        let script = try String(
            contentsOf: Oracle.projectRoot.appending(path: "Tests/EvaluationTests/Oracles/comparison.py"),
            encoding: .utf8)
        var compared = 0
        for reference in wrong.indices {
            // The reference in the place of the base model: the oracle knows nothing of adapters against adapters.
            var decided = decided
            decided.baseWrong = wrong[reference]
            let records = wrong.indices.filter { $0 != reference }.flatMap { model in
                decided.parts.indices.map { decided.record(names[model], repetition: $0, wrong: wrong[model]) }
            }
            let others = names.filter { $0 != names[reference] }
            let answer = try Oracle.run(
                script, input: OracleInput(records: records.map(OracleInput.Record.init), adapters: others),
                as: Answer.self)
            for (other, row) in zip(others, answer.rows) {
                let found = try #require(comparison.tables[0].pair(subject: other, reference: names[reference]))
                if !found.isTurned {
                    compared += 1
                    expect(found.pair.errors.falseNegatives, row.falseNegatives)
                    expect(found.pair.errors.falsePositives, row.falsePositives)
                }
            }
        }
        #expect(compared == 6)
    }

    private func expect(_ pair: ErrorDifference, _ expected: Answer.Errors) {
        let cells = [pair.cells.bothWrong, pair.cells.fixed, pair.cells.broken, pair.cells.bothRight]
        for (cell, expected) in zip(cells, expected.cells) { expectClose(cell, expected) }
        for (estimate, expected) in [
            (pair.rateDifference, expected.rateDifference), (pair.improvement, expected.improvement),
        ] {
            for (value, expected) in zip(
                [estimate.value, estimate.interval?.lower, estimate.interval?.upper], expected ?? [])
            {
                expectClose(value, expected)
            }
        }
        expectClose(pair.significance.tested?.pValue, expected.p)
    }

    /// Sums of some dozen terms differ by 1e-15 in either library, and quantiles by 1e-12.
    private func expectClose(_ value: Double?, _ expected: Double) {
        #expect(abs((value ?? .nan) - expected) < 1e-10, "\(String(describing: value)) and \(expected)")
    }

    /// Holm's adjusted p values are those of the closure of Bonferroni's test (Marcus, Peritz and Gabriel 1976), over the
    /// pairs of base and adapters, both kinds.
    @Test func holmRangesOverEveryPairAndKind() throws {
        let (decided, wrong) = DecidedModels.random(seed: 3, models: 2, repeats: 6)
        let comparison = try ModelComparison([
            decided.subject("a", wrong: wrong[0]), decided.subject("b", wrong: wrong[1]),
        ])
        let tested = comparison.tables[0].pairs.flatMap { pair in
            ErrorKind.allCases.compactMap { pair.errors[$0].significance.tested }
        }
        #expect(tested.count == 6 && comparison.tests == 6)
        let answer = try Oracle.run(
            """
            from itertools import combinations
            sets = [s for k in range(1, len(input) + 1) for s in combinations(range(len(input)), k)]
            bonferroni = {s: min(1, len(s) * min(input[i] for i in s)) for s in sets}
            answer([max(p for s, p in bonferroni.items() if i in s) for i in range(len(input))])
            """, input: tested.map(\.pValue), as: [Double].self)
        // The same products in another order.
        for (tested, expected) in zip(tested, answer) {
            #expect(isClose(tested.adjustedPValue, expected, relative: 1e-12))
        }
    }

    @Test(arguments: [1, 7]) func swappingTheTwoNegatesTheDifference(repeats: Int) throws {
        for seed in 0..<20 as Range<UInt64> {
            let (decided, wrong) = DecidedModels.random(seed: seed, models: 2, repeats: repeats, largestGroup: 3)
            var errors = try wrong.map {
                try TestErrors(decided.subject("x", wrong: $0).records, label: 0, of: .adapter)
            }
            errors[1] = errors[1].beside(moreImages: 50)
            for kind in ErrorKind.allCases {
                let there = try PairedErrors(kind, reference: errors[0], subject: errors[1])
                let back = try PairedErrors(kind, reference: errors[1], subject: errors[0])
                #expect(there.cells.fixed == back.cells.broken && there.cells.broken == back.cells.fixed)
                // Rounding only: sums and square roots of the same numbers.
                #expect(abs((there.rateDifference.value ?? 0) + (back.rateDifference.value ?? 0)) < 1e-12)
                let (first, second) = (there.rateDifference.interval, back.rateDifference.interval)
                #expect(abs((first?.lower ?? 0) + (second?.upper ?? 0)) < 1e-12)
                #expect(abs((first?.upper ?? 0) + (second?.lower ?? 0)) < 1e-12)
                #expect(isClose(there.test.pValue ?? -1, back.test.pValue ?? -1, relative: 1e-9))
            }
        }
    }

    /// The quick count of a table and the careful one of a single pair give the same numbers.
    @Test(arguments: [1, 4]) func pairsOfATableArePairsByThemselves(repeats: Int) throws {
        let (decided, wrong) = DecidedModels.random(seed: 8, models: 3, repeats: repeats, largestGroup: 4)
        let subjects = wrong.enumerated().map { decided.subject("\($0.offset)", wrong: $0.element) }
        let comparison = try ModelComparison(subjects)
        let errors = try Dictionary(
            uniqueKeysWithValues: subjects.map { ($0.name, try TestErrors($0.records, label: 0, of: .adapter)) }
                + [("base model", try TestErrors(subjects[0].records, label: 0, of: .base))])
        #expect(comparison.tables[0].pairs.count == 6)
        for pair in comparison.tables[0].pairs {
            for kind in ErrorKind.allCases {
                let alone = try PairedErrors(
                    kind, reference: try #require(errors[pair.reference]), subject: try #require(errors[pair.subject]))
                #expect(pair.errors[kind].cells == alone.cells)
                let found = pair.errors[kind]
                // Groups are summed up in another order.
                for (estimate, alone) in [
                    (found.rateDifference, alone.rateDifference), (found.improvement, alone.improvement),
                ] {
                    #expect(estimate.value == alone.value)
                    #expect(isClose(estimate.interval?.lower ?? 9, alone.interval?.lower ?? 9, relative: 1e-12))
                    #expect(isClose(estimate.interval?.upper ?? 9, alone.interval?.upper ?? 9, relative: 1e-12))
                }
                #expect(isClose(found.significance.tested?.pValue ?? -1, alone.test.pValue ?? -1, relative: 1e-12))
            }
        }
    }

    /// 95% intervals of two adapters with error rates of 30% and 20% cover the true difference about as often as they say.
    @Test func intervalsCoverTheTruth() throws {
        var generator = SplitMix(state: 17)
        let images = 100
        let runs = 1000
        var covered = 0
        let all = (0..<images).map { image in
            TestErrors.Image(digest: Digest(of: "\(image)"), path: "\(image)", group: "\(image)", isPresent: true)
        }
        for _ in 0..<runs {
            // Of each image who is wrong: both 15%, the reference alone 15%, the subject alone 5%.
            let draws = (0..<images).map { _ in Double.random(in: 0..<1, using: &generator) }
            let wrong = [
                Set((0..<images).filter { draws[$0] < 0.30 }),
                Set((0..<images).filter { draws[$0] < 0.15 || draws[$0] >= 0.95 }),
            ]
            let errors = wrong.map { wrong in
                TestErrors(
                    label: Label(path: ["Alcohol"]), images: all,
                    repeats: [.init(repetition: 0, tested: Array(0..<images), wrong: wrong, otherImages: 0)])
            }
            let pair = try PairedErrors(.falseNegatives, reference: errors[0], subject: errors[1])
            if pair.rateDifference.interval?.contains(-0.10) == true { covered += 1 }
        }
        // Newcombe's interval is a little wide at such sizes; the simulation's own error is 0.7 points.
        #expect((930...980).contains(covered), "\(covered) of \(runs)")
    }
}

extension TestErrors {
    /// The same tests beside so many more images outside the test part.
    func beside(moreImages: Int) -> TestErrors {
        TestErrors(
            label: label, images: images,
            repeats: repeats.map { test in
                Repeat(
                    repetition: test.repetition, tested: test.tested, wrong: test.wrong,
                    otherImages: test.otherImages + moreImages)
            })
    }
}

private struct Answer: Decodable {
    let rows: [Row]

    struct Row: Decodable {
        let falseNegatives: Errors, falsePositives: Errors

        enum CodingKeys: String, CodingKey {
            case falseNegatives = "false_negatives"
            case falsePositives = "false_positives"
        }
    }

    struct Errors: Decodable {
        let cells: [Double], rateDifference: [Double]?, improvement: [Double]?, p: Double

        enum CodingKeys: String, CodingKey {
            case cells, improvement, p
            case rateDifference = "rate_difference"
        }
    }
}
