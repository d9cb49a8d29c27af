import Evaluation
import TestSupport
import Testing

@Suite struct IntervalTests {
    /// Every table of up to 7 images in each cell, thinned.
    static let tables: [PairedCounts] = {
        let values = [0, 1, 2, 7]
        return values.flatMap { bothWrong in
            values.flatMap { fixed in
                values.flatMap { broken in
                    values.map { PairedCounts(bothWrong: bothWrong, fixed: fixed, broken: broken, bothRight: $0) }
                }
            }
        }
    }()

    /// Cavo 2012 as [[59, 6], [16, 80]]: the base is wrong 75 times, the adapter 65 times.
    let cavo = PairedCounts(bothWrong: 59, fixed: 16, broken: 6, bothRight: 80)
    /// Bentur 2009 as [[1, 1], [7, 12]].
    let bentur = PairedCounts(bothWrong: 1, fixed: 7, broken: 1, bothRight: 12)

    @Test func newcombeGivesThePublishedLimits() throws {
        // Fagerland, Lydersen and Laake print 4 decimals for Cavo; Bentur's six were computed with their R code.
        try expect(Interval.newcombe(of: cavo), -0.1186, -0.0046, within: 0.00005)
        try expect(Interval.newcombe(of: bentur), -0.506920, -0.025559, within: 0.0000005)
    }

    @Test func bonettPriceGivesThePublishedLimits() throws {
        try expect(Interval.bonettPrice(of: cavo), 1 - 0.9910, 1 - 0.7579, within: 0.00005)
        try expect(Interval.bonettPrice(of: bentur), 1 - 0.922727, 1 - 0.067734, within: 0.0000005)
        // A reduction of 73%, as the product advertises it, on 11 misses of the base: percent with one decimal.
        let eightOfEleven = PairedCounts(bothWrong: 3, fixed: 8, broken: 0, bothRight: 9)
        try expect(Interval.bonettPrice(of: eightOfEleven), 0.296, 0.894, within: 0.0005)
        let withOneNewMiss = PairedCounts(bothWrong: 2, fixed: 9, broken: 1, bothRight: 8)
        try expect(Interval.bonettPrice(of: withOneNewMiss), 0.225, 0.904, within: 0.0005)
    }

    @Test func wilsonAgreesWithSciPy() throws {
        let cases = [[8, 11], [0, 20], [20, 20], [1, 3], [150, 1000], [0, 1]]
        let answer = try Oracle.run(
            """
            from scipy import stats
            limits = lambda k, n: stats.binomtest(k, n).proportion_ci(method="wilson")
            answer([list(limits(k, n)) for k, n in input])
            """, input: cases, as: [[Double]].self)
        for (given, expected) in zip(cases, answer) {
            // A closed formula: only rounding differs.
            try expect(.wilson(given[0], of: given[1]), expected[0], expected[1], within: 1e-12)
        }
        try expect(.wilson(8, of: 11), 0.434355, 0.902539, within: 0.0000005)
    }

    @Test(arguments: tables) func intervalsContainTheirEstimate(table: PairedCounts) {
        if let difference = table.rateDifference {
            #expect(Interval.newcombe(of: table)?.contains(difference) == true)
        } else {
            #expect(Interval.newcombe(of: table) == nil)
        }
        if let improvement = table.improvement {
            #expect(Interval.bonettPrice(of: table)?.contains(improvement) == true)
        } else {
            #expect(Interval.bonettPrice(of: table) == nil && table.baseErrors == 0)
        }
    }

    @Test(arguments: tables) func swappingBaseAndAdapterMirrorsTheDifference(table: PairedCounts) throws {
        let swapped = PairedCounts(
            bothWrong: table.bothWrong, fixed: table.broken, broken: table.fixed, bothRight: table.bothRight)
        guard let interval = Interval.newcombe(of: table), let mirrored = Interval.newcombe(of: swapped) else { return }
        // A mirrored sum of squares is rounded in another order.
        try expect(mirrored, -interval.upper, -interval.lower, within: 1e-12)
        guard
            let ratio = Interval.bonettPrice(of: table), let inverse = Interval.bonettPrice(of: swapped),
            ratio.upper < 1
        else { return }
        #expect(isClose(1 - inverse.lower, 1 / (1 - ratio.upper), relative: 1e-12))
    }

    @Test(arguments: tables) func noImprovementExceedsOne(table: PairedCounts) {
        guard let interval = Interval.bonettPrice(of: table) else { return }
        #expect(interval.upper <= 1)
        #expect(interval.lower.isFinite)
    }

    private func expect(_ interval: Interval?, _ lower: Double, _ upper: Double, within tolerance: Double) throws {
        let interval = try #require(interval)
        #expect(abs(interval.lower - lower) <= tolerance, "lower limit \(interval.lower), expected \(lower)")
        #expect(abs(interval.upper - upper) <= tolerance, "upper limit \(interval.upper), expected \(upper)")
    }
}
