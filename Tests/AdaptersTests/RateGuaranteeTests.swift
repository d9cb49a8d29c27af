import Foundation
import TestSupport
import Testing

@testable import Adapters

@Suite("Guaranteed rate")
struct RateGuaranteeTests {
    static func withProbability(_ probability: Double, level: Double) -> RateGuarantee {
        RateGuarantee(level: level, sense: .probability(probability))
    }

    static func inExpectation(level: Double) -> RateGuarantee { RateGuarantee(level: level, sense: .expectation) }

    @Test("The fewest images are those of Tong, Feng and Li", arguments: [(0.1, 29), (0.05, 59), (0.2, 14)])
    func fewestImages(level: Double, needed: Int) {
        let guarantee = Self.withProbability(0.95, level: level)
        #expect(guarantee.imagesNeeded == needed)
        #expect(guarantee.allowance(among: needed) == 0)
        #expect(guarantee.allowance(among: needed - 1) == nil)
    }

    @Test("The threshold is the order statistic of rank 49 of 50 and 96 of 100")
    func ranks() {
        let guarantee = Self.withProbability(0.95, level: 0.1)
        #expect(guarantee.allowance(among: 50) == 50 - 49)
        #expect(guarantee.allowance(among: 100) == 100 - 96)
    }

    struct Grid: Encodable {
        let levels = [0.01, 0.05, 0.1, 0.3, 0.5, 0.9]
        let probabilities = [0.5, 0.8, 0.9, 0.95, 0.99]
        let counts = [1, 2, 3, 7, 14, 29, 50, 59, 100, 123, 500, 2000]
    }

    @Test("Allowances are SciPy's binomial quantiles")
    func againstSciPy() throws {
        let grid = Grid()
        // The largest m with P(Binomial(n, level) <= m) <= 1 - probability, by SciPy; -1 where there is none.
        let expected = try Oracle.run(
            """
            import numpy as np
            from scipy.stats import binom
            answer([[[int(np.sum(binom.cdf(np.arange(n + 1), n, level) <= (1 - p) * (1 + 1e-9))) - 1
                      for n in input["counts"]] for p in input["probabilities"]] for level in input["levels"]])
            """, input: grid, as: [[[Int]]].self)
        for (level, table) in zip(grid.levels, expected) {
            for (probability, row) in zip(grid.probabilities, table) {
                let guarantee = Self.withProbability(probability, level: level)
                #expect(grid.counts.map { guarantee.allowance(among: $0) ?? -1 } == row)
            }
        }
    }

    /// n/(n + 1) · R + 1/(n + 1) <= level, by whole numbers: the largest m with 1000 · (m + 1) <= 1000 · level · (n + 1).
    @Test("In expectation the allowance is conformal risk control's", arguments: [5, 50, 100, 250, 500, 900])
    func conformal(thousandths: Int) {
        let guarantee = Self.inExpectation(level: Double(thousandths) / 1000)
        for count in 1...400 {
            let allowed = thousandths * (count + 1) / 1000 - 1
            #expect(guarantee.allowance(among: count) == (allowed < 0 ? nil : allowed))
        }
        #expect(guarantee.imagesNeeded == (1000 - thousandths + thousandths - 1) / thousandths)
    }

    @Test("Of 50 images at 10%, at most 8.2% may be wrong in expectation")
    func conformalExample() {
        #expect(Self.inExpectation(level: 0.1).allowance(among: 50) == Int(0.082 * 50))
    }

    @Test("Enough groups are asked for, and no more", arguments: [0.01, 0.3, 0.5, 0.77, 0.99])
    func groups(share: Double) {
        for guarantee in [
            RateGuarantee(level: 0.1, sense: .probability(0.95), calibration: share),
            RateGuarantee(level: 0.03, sense: .expectation, calibration: share),
        ] {
            let needed = guarantee.groupsNeeded
            #expect(guarantee.allowance(among: guarantee.heldOut(of: needed)) != nil)
            #expect(guarantee.allowance(among: guarantee.heldOut(of: needed - 1)) == nil)
        }
    }

    @Test("The documentation's table of needed images is right")
    func documentedTable() throws {
        let page = try String(
            contentsOf: Oracle.projectRoot.appending(path: "docs/operating-point.md"), encoding: .utf8)
        let promises =
            [0.2, 0.1, 0.05, 0.01].map { Self.withProbability(0.95, level: $0) }
            + [0.1, 0.05].map { Self.inExpectation(level: $0) }
        for promise in promises {
            let words = promise.summary(.falsePositives).replacing("a false-positive rate of at most ", with: "")
            #expect(page.contains("| \(words) | \(promise.imagesNeeded) | \(promise.groupsNeeded) |"))
        }
    }
}
