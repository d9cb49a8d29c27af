import Evaluation
import LinearAlgebra
import TestSupport
import Testing

/// The distributions against SciPy.
@Suite struct DistributionTests {
    // Both sides carry rounding of log gamma, about 1e-12 at these sizes: two digits are left for SciPy to differ.
    let tolerance = 1e-10

    struct StudentGrid: Codable {
        var degrees: [Double]
        var values: [Double]
        var probabilities: [Double]
    }

    struct StudentAnswer: Codable {
        var cumulative: [[Double]]
        var twoSided: [[Double]]
        var quantiles: [[Double]]
    }

    @Test func studentTAgreesWithSciPy() throws {
        let grid = StudentGrid(
            degrees: [1, 2, 3, 4, 9, 19, 29.5, 100, 1000],
            values: [-50, -8, -3.2, -1, -0.3, -1e-4, 0, 1e-7, 0.02, 0.5, 1.7, 2.1, 5, 12, 300],
            probabilities: [1e-8, 1e-4, 0.01, 0.025, 0.2, 0.4999, 0.5, 0.6, 0.95, 0.975, 0.999, 0.999999])
        let answer = try Oracle.run(
            """
            from scipy import stats
            answer({
                "cumulative": [[stats.t.cdf(t, v) for t in input["values"]] for v in input["degrees"]],
                "twoSided": [[2 * stats.t.sf(abs(t), v) for t in input["values"]] for v in input["degrees"]],
                "quantiles": [[stats.t.ppf(p, v) for p in input["probabilities"]] for v in input["degrees"]],
            })
            """, input: grid, as: StudentAnswer.self)
        for (row, degrees) in grid.degrees.enumerated() {
            let student = StudentT(degreesOfFreedom: degrees)
            for (column, t) in grid.values.enumerated() {
                #expect(isClose(student.cumulative(t), answer.cumulative[row][column], relative: tolerance))
                #expect(isClose(student.twoSided(t), answer.twoSided[row][column], relative: tolerance))
            }
            for (column, probability) in grid.probabilities.enumerated() {
                let quantile = student.quantile(probability)
                // Just below one half, SciPy's own inversion stops at about 1e-10 of a value near 0.
                let expected = answer.quantiles[row][column]
                #expect(isClose(quantile, expected, relative: tolerance) || abs(quantile - expected) < 1e-12)
            }
        }
    }

    @Test func studentQuantileUndoesItsProbability() {
        for degrees in [1.0, 3, 19, 250] {
            let student = StudentT(degreesOfFreedom: degrees)
            for probability in stride(from: 0.01, through: 0.99, by: 0.07) {
                #expect(isClose(student.cumulative(student.quantile(probability)), probability, relative: tolerance))
            }
        }
    }

    struct BinomialCase: Codable {
        var trials: Int
        var probability: Double
        var successes: Int
    }

    private func binomialCases() -> [BinomialCase] {
        var cases: [BinomialCase] = []
        for trials in [0, 1, 5, 20, 73, 500, 7000] {
            let successes: Set<Int> = [0, min(1, trials), trials / 20, trials / 10, trials / 2, trials]
            for probability in [0, 0.001, 0.1, 0.5, 0.73, 1] {
                cases += successes.sorted().map {
                    BinomialCase(trials: trials, probability: probability, successes: $0)
                }
            }
        }
        return cases
    }

    @Test func binomialAgreesWithSciPy() throws {
        let cases = binomialCases()
        let answer = try Oracle.run(
            """
            from scipy import stats
            answer([[float(f) for f in (stats.binom.pmf(c["successes"], c["trials"], c["probability"]),
                stats.binom.cdf(c["successes"], c["trials"], c["probability"]),
                stats.binom.sf(c["successes"] - 1, c["trials"], c["probability"]))] for c in input])
            """, input: cases, as: [[Double]].self)
        for (given, expected) in zip(cases, answer) {
            let binomial = Binomial(trials: given.trials, probability: given.probability)
            let values = [
                binomial.mass(given.successes), binomial.cumulative(given.successes),
                binomial.atLeast(given.successes),
            ]
            for (value, expected) in zip(values, expected) {
                // Below 1e-290 SciPy flushes to 0.
                #expect(isClose(value, expected, relative: tolerance) || max(value, expected) < 1e-290, "\(given)")
            }
        }
    }

    @Test func binomialMassesAddUpToItsTails() {
        for probability in [0.03, 0.5, 0.9] {
            let binomial = Binomial(trials: 37, probability: probability)
            for successes in 0...37 {
                let sum = (0...successes).map(binomial.mass).reduce(0, +)
                // 38 terms of rounding 1e-15 each.
                #expect(abs(sum - binomial.cumulative(successes)) < 1e-12)
                #expect(abs(binomial.cumulative(successes - 1) + binomial.atLeast(successes) - 1) < 1e-12)
            }
        }
    }
}
