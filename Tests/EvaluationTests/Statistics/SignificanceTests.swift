import Evaluation
import LinearAlgebra
import TestSupport
import Testing

@Suite struct McNemarTests {
    @Test func givesThePublishedValues() {
        // Fagerland, Lydersen and Laake's Cavo 2012 and Bentur 2009: six decimals are given.
        #expect(abs(McNemar.exact(fixed: 16, broken: 6) - 0.052479) < 0.0000005)
        #expect(abs(McNemar.midP(fixed: 16, broken: 6) - 0.034690) < 0.0000005)
        #expect(isClose(McNemar.exact(fixed: 7, broken: 1), 0.0703125, relative: 1e-12))
        #expect(isClose(McNemar.midP(fixed: 7, broken: 1), 0.0390625, relative: 1e-12))
    }

    @Test func exactAgreesWithSciPysBinomialTest() throws {
        let pairs = (0...12).flatMap { fixed in (0...12).map { [fixed, $0] } }.filter { $0 != [0, 0] }
        let answer = try Oracle.run(
            """
            from scipy import stats
            answer([stats.binomtest(b, b + c, 0.5).pvalue for b, c in input])
            """, input: pairs, as: [Double].self)
        for (pair, expected) in zip(pairs, answer) {
            // Up to 24 terms of rounding 1e-15.
            #expect(isClose(McNemar.exact(fixed: pair[0], broken: pair[1]), expected, relative: 1e-12), "\(pair)")
        }
    }

    @Test func isSymmetricAndWithinBounds() {
        for fixed in 0...15 {
            for broken in 0...15 {
                let midP = McNemar.midP(fixed: fixed, broken: broken)
                #expect(midP > 0 && midP <= 1)
                #expect(midP == McNemar.midP(fixed: broken, broken: fixed))
                #expect(midP <= McNemar.exact(fixed: fixed, broken: broken))
            }
        }
    }

    @Test func fallsAsMoreImagesAreFixed() {
        for broken in 0...10 {
            let values = (broken...40).map { McNemar.midP(fixed: $0, broken: broken) }
            #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 })
        }
    }

    @Test func nothingChangedIsNoEvidence() {
        #expect(McNemar.midP(fixed: 0, broken: 0) == 1)
        #expect(McNemar.exact(fixed: 0, broken: 0) == 1)
    }
}

@Suite struct HolmTests {
    @Test func givesTheTextbookValues() {
        let adjusted = Holm.adjusted([0.01, 0.04, 0.03, 0.005])
        for (value, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
            #expect(isClose(value, expected, relative: 1e-12))
        }
    }

    /// Holm's correction is the closure of Bonferroni's (Marcus, Peritz and Gabriel 1976): the adjusted p of a test is the
    /// largest Bonferroni p of any set of tests that holds it.
    @Test(arguments: [
        [0.2], [0.5, 0.5], [0.001, 0.9, 0.02, 0.02, 0.3], [1, 1e-12, 0.049, 0.05, 0.051, 0.25, 0.04],
    ])
    func isTheClosureOfBonferroni(pValues: [Double]) {
        let adjusted = Holm.adjusted(pValues)
        for test in pValues.indices {
            let closed = (1..<1 << pValues.count).filter { $0 & 1 << test != 0 }.map { set in
                let members = pValues.indices.filter { set & 1 << $0 != 0 }
                return min(1, Double(members.count) * (members.map { pValues[$0] }.min() ?? 1))
            }.max()
            #expect(isClose(adjusted[test], closed ?? 0, relative: 1e-12))
        }
    }

    @Test func keepsTheOrderAndNeverHelps() {
        let pValues = [0.04, 0.001, 0.7, 0.02, 0.02, 0.5]
        let adjusted = Holm.adjusted(pValues)
        for first in pValues.indices {
            #expect(adjusted[first] >= pValues[first] && adjusted[first] <= 1)
            for second in pValues.indices where pValues[first] < pValues[second] {
                #expect(adjusted[first] <= adjusted[second])
            }
        }
        #expect(Holm.adjusted([]) == [])
    }
}

@Suite struct CorrectedTTests {
    let differences = [0.02, 0.01, 0.03, 0, 0.02, 0.04, 0.01, 0.02, 0.03, 0.02]

    @Test func givesTheGoldenValues() throws {
        let corrected = try #require(CorrectedT(differences, testToOthers: 10.0 / 90))
        #expect(abs(corrected.mean / corrected.standardError - 3.769685) < 0.0000005)
        #expect(abs((corrected.pValue ?? 0) - 0.0044186) < 0.00000005)
        let uncorrected = try #require(CorrectedT(differences, testToOthers: 0))
        #expect(abs((uncorrected.pValue ?? 0) - 0.00039157) < 0.000000005)
    }

    @Test func withoutCorrectionItIsSciPysOneSampleT() throws {
        struct Answer: Codable {
            var pValue, lower, upper: Double
        }
        let answer = try Oracle.run(
            """
            from scipy import stats
            result = stats.ttest_1samp(input, 0)
            interval = result.confidence_interval(0.95)
            answer({"pValue": result.pvalue, "lower": interval.low, "upper": interval.high})
            """, input: differences, as: Answer.self)
        let corrected = try #require(CorrectedT(differences, testToOthers: 0))
        // SciPy sums the squares in another order, and the small p magnifies it.
        #expect(isClose(corrected.pValue ?? 0, answer.pValue, relative: 1e-10))
        #expect(isClose(corrected.interval?.lower ?? 0, answer.lower, relative: 1e-10))
        #expect(isClose(corrected.interval?.upper ?? 0, answer.upper, relative: 1e-10))
    }

    @Test func largerTestPartsMakeItLessSure() throws {
        let values = try [0, 0.1, 0.25, 1, 4].map { try #require(CorrectedT(differences, testToOthers: $0)?.pValue) }
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func equalValuesHaveNoSpread() throws {
        // The mean of 0.1, 0.1, 0.1 is not 0.1 in binary: without care, p would be 1e-32.
        let constant = try #require(CorrectedT([0.1, 0.1, 0.1], testToOthers: 1))
        #expect(constant.pValue == nil)
        #expect(constant.interval == nil)
        #expect(CorrectedT([0, 0], testToOthers: 1)?.pValue == 1)
        #expect(CorrectedT([0.3], testToOthers: 1) == nil)
    }
}
