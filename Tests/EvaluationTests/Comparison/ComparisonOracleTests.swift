import Evaluation
import Foundation
import LinearAlgebra
import Moderation
import TestSupport
import Testing

/// A whole comparison, from raw scores to verdicts, against NumPy and SciPy, which share no code with it.
@Suite struct ComparisonOracleTests {
    /// One split, and repeated ones; images by themselves, and in groups of up to 6.
    @Test(arguments: [1, 6], [1, 6]) func everyNumberIsThatOfSciPy(repeats: Int, largestGroup: Int) throws {
        let records = RandomRecords(seed: 5, repeats: repeats, largestGroup: largestGroup).records
        let comparison = try Comparison(records: records, adapters: RandomRecords.adapters)
        let script = try String(
            contentsOf: Oracle.projectRoot.appending(path: "Tests/EvaluationTests/Oracles/comparison.py"),
            encoding: .utf8)
        let input = OracleInput(records: records.map(OracleInput.Record.init), adapters: RandomRecords.adapters)
        let expected = try Oracle.run(script, input: input, as: Expected.self)
        let label = comparison.labels[0]
        #expect(label.adapters.count == expected.rows.count && comparison.tests == 2 * expected.rows.count)
        for (row, expected) in zip(label.adapters, expected.rows) {
            expectClose(row.adapterFlaggedShare, expected.flagged)
            for (kind, (tests, groups)) in zip(ErrorKind.allCases, zip(expected.imageTests, expected.groupErrors)) {
                let table = row.imageTests[kind]
                #expect(table.rows.map { [$0.image] + $0.counts.cells + [$0.isMostlyWrong ? 1 : 0] } == tests)
                #expect(table.groups(of: comparison.images).map(Expected.Group.init) == groups)
            }
            expect(row.errors.falseNegatives, expected.falseNegatives)
            expect(row.errors.falsePositives, expected.falsePositives)
            for (matched, expected) in zip([row.matched.falsePositives, row.matched.falseNegatives], expected.matched) {
                let value = [matched.images, matched.baseErrors, matched.adapterErrors, matched.improvement.value]
                for (value, expected) in zip(value, expected) { expectClose(value, expected) }
            }
        }
        for (kind, expected) in zip(ErrorKind.allCases, expected.limits) { expect(label.limits[kind], expected) }
    }

    private func expect(_ errors: ErrorComparison, _ expected: Expected.Errors) {
        let cells = errors.cells
        for (cell, expected) in zip([cells.bothWrong, cells.fixed, cells.broken, cells.bothRight], expected.cells) {
            expectClose(cell, expected)
        }
        expect(errors.baseRate, expected.baseRate)
        expect(errors.adapterRate, expected.adapterRate)
        expect(errors.rateDifference, expected.rateDifference)
        expect(errors.improvement, expected.improvement)
        expectClose(errors.significance.tested?.pValue, expected.p)
        expectClose(errors.significance.tested?.adjustedPValue, expected.adjusted)
        let isShown = expected.adjusted <= 0.05
        #expect((errors.verdict == .improved || errors.verdict == .worse) == isShown)
        if isShown { #expect((errors.verdict == .improved) == (expected.rateDifference?[0] ?? 0 < 0)) }
    }

    private func expect(_ estimate: Estimate, _ expected: [Double]?) {
        #expect((estimate.value == nil) == (expected == nil))
        let found = [estimate.value, estimate.interval?.lower, estimate.interval?.upper]
        #expect(found.count { $0 != nil } == expected?.count ?? 0)
        for (found, expected) in zip(found, expected ?? []) { expectClose(found, expected) }
    }

    private func expect(_ limit: DetectionLimit, _ expected: Expected.Limit) {
        #expect(limit.images == expected.images && limit.baseErrors == expected.errors)
        #expect(limit.baseErrorGroups == expected.groups && limit.smallestFixed == expected.needed)
        expectClose(limit.designEffect, expected.effect)
        #expect((limit.detectableImprovement == nil) == (expected.detectable == nil))
        expectClose(limit.detectableImprovement, expected.detectable)
    }

    /// Sums of some dozen terms differ by 1e-15 in either library, and quantiles by 1e-12.
    private func expectClose(_ value: Double?, _ expected: Double?) {
        if let value, let expected {
            #expect(abs(value - expected) < 1e-10, "\(value) and \(expected)")
        } else {
            #expect(value == nil && expected == nil)
        }
    }
}

/// What it answers.
private struct Expected: Decodable {
    let rows: [Row]
    let limits: [Limit]

    struct Row: Decodable {
        let flagged: Double
        /// By kind, of each image its place, the four cells, and whether it is wrong half of the time.
        let imageTests: [[[Int]]]
        let groupErrors: [[Group]]
        /// FP at the base's FN, then FN at 5% FP: images, errors of base and adapter, improvement.
        let matched: [[Double?]]
        let falseNegatives: Errors
        let falsePositives: Errors

        enum CodingKeys: String, CodingKey {
            case flagged, matched
            case imageTests = "image_tests"
            case groupErrors = "group_errors"
            case falseNegatives = "false_negatives"
            case falsePositives = "false_positives"
        }
    }

    /// The tests of one group.
    struct Group: Decodable, Equatable {
        let name: String
        let images: Int
        let example: String
        let cells: [Int]
    }

    struct Errors: Decodable {
        let cells: [Double]
        let baseRate: [Double]?
        let adapterRate: [Double]?
        let rateDifference: [Double]?
        let improvement: [Double]?
        let p: Double
        let adjusted: Double

        enum CodingKeys: String, CodingKey {
            case cells, improvement, p, adjusted
            case baseRate = "base_rate"
            case adapterRate = "adapter_rate"
            case rateDifference = "rate_difference"
        }
    }

    struct Limit: Decodable {
        let images: Int
        let errors: Int
        let groups: Int
        let effect: Double
        let needed: Int
        let detectable: Double?
    }
}

extension Expected.Group {
    init(_ group: GroupErrors) {
        self.init(name: group.group, images: group.images, example: group.example.path, cells: group.counts.cells)
    }
}

extension PairedCounts {
    fileprivate var cells: [Int] { [bothWrong, fixed, broken, bothRight] }
}
