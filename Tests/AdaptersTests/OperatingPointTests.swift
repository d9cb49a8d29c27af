import LinearAlgebra
import Moderation
import Testing

@testable import Adapters

@Suite("Operating point")
struct OperatingPointTests {
    /// Scores with ties, as a base with few distinct answers gives them.
    static func sample(_ seed: UInt64, levels: Int) -> (scores: [Float], truth: [Bool]) {
        var stream = RandomStream(Seed(seed))
        let truth = (0..<40).map { _ in stream.integer(below: 3) == 0 }
        let scores = truth.map { Float(stream.integer(below: levels) + ($0 ? levels / 4 : 0)) / 7 - 3 }
        return (scores, truth)
    }

    @Test("No shift of any size does better", arguments: Objective.allCases, [3, 20, 10_000])
    func bestOfAllShifts(objective: Objective, levels: Int) {
        for seed in 0..<20 as Range<UInt64> {
            let (scores, truth) = Self.sample(seed, levels: levels)
            let base = ErrorCounts(of: scores, truth: truth, threshold: half)
            let point = OperatingPoint(
                scores: scores, truth: truth, threshold: half, objective: objective, base: base)
            let moved = scores.map { shifted($0, by: point.shift) }
            #expect(ErrorCounts(of: moved, truth: truth, threshold: half) == point.errors)
            #expect(objective.allows(point.errors, base: base))
            // Every threshold that differs in its decisions, by brute force; of several that are as good, the one that
            // spends most of what is allowed.
            for cut in scores + [.infinity] {
                let misses = zip(scores, truth).count { $1 && $0 < cut }
                let alarms = zip(scores, truth).count { !$1 && $0 >= cut }
                let errors = ErrorCounts(falseNegatives: misses, falsePositives: alarms)
                if objective.allows(errors, base: base) {
                    let (loss, other) = (objective.loss(point.errors), objective.loss(errors))
                    #expect(loss <= other)
                    if let held = objective.held, loss == other { #expect(point.errors[held] >= errors[held]) }
                }
            }
        }
    }

    @Test("The cut lies midway between neighbours")
    func midway() {
        let point = OperatingPoint(
            scores: [1, -2, -4, -5], truth: [false, true, false, false], threshold: half, objective: .falseNegatives,
            base: ErrorCounts(falseNegatives: 1, falsePositives: 1))
        #expect(point == OperatingPoint(shift: 3, errors: ErrorCounts(falseNegatives: 0, falsePositives: 1)))
    }

    @Test("Beyond the last score the cut keeps its distance")
    func ends() {
        let truth = [true, false]
        let allowed = ErrorCounts(falseNegatives: 2, falsePositives: 0)
        let none = OperatingPoint(
            scores: [-3, -2], truth: truth, threshold: half, objective: .falseNegatives, base: allowed)
        // One logit and a thousandth of the score above the highest, a negative's, which must not be flagged.
        #expect(none.errors == ErrorCounts(falseNegatives: 1, falsePositives: 0))
        #expect(abs(none.shift - 0.998) < 1e-6)
    }

    @Test("Scores that rounding would join are not cut apart", arguments: [Float(0), 1e-12, 1e9])
    func roundingAtTheCut(level: Float) {
        let threshold = Threshold(confidence: 99)
        let scores = [level.nextUp, level, level.nextDown, level]
        let truth = [true, false, false, true]
        let base = ErrorCounts(of: scores, truth: truth, threshold: threshold)
        for objective in Objective.allCases {
            let point = OperatingPoint(
                scores: scores, truth: truth, threshold: threshold, objective: objective, base: base)
            let moved = scores.map { shifted($0, by: point.shift) }
            #expect(ErrorCounts(of: moved, truth: truth, threshold: threshold) == point.errors)
            #expect(objective.allows(point.errors, base: base))
        }
    }

    @Test(
        "A margin keeps floor((1 - margin) · k) errors",
        arguments: [(10, 0.25, 7), (10, 0.1, 9), (4, 0.25, 3), (3, 0.9, 0)])
    func margins(base: Int, margin: Double, budget: Int) {
        let errors = ErrorCounts(falseNegatives: base, falsePositives: base)
        for kind in Objective.ErrorKind.allCases {
            let objective = Objective.fewest(kind, holding: .notAboveBase(margin: margin))
            #expect(objective.budget(base: errors, positives: 50, negatives: 60) == budget)
        }
    }

    @Test("A rate is what candidates are chosen by before it is guaranteed")
    func budgetOfARate() {
        let rate = Objective.Limit.rate(RateGuarantee(level: 0.1, sense: .expectation))
        let base = ErrorCounts(falseNegatives: 0, falsePositives: 0)
        #expect(Objective.fewest(.falseNegatives, holding: rate).budget(base: base, positives: 50, negatives: 60) == 6)
        #expect(Objective.fewest(.falsePositives, holding: rate).budget(base: base, positives: 50, negatives: 60) == 5)
        #expect(Objective.errors.budget(base: base, positives: 50, negatives: 60) == nil)
    }

    @Test("Costs decide the cut", arguments: [(1.0, 1.0, 1, 0), (5.0, 1.0, 0, 2), (1.0, 5.0, 1, 0)])
    func costs(falseNegative: Double, falsePositive: Double, misses: Int, alarms: Int) {
        // From the highest score on: a hit, two false alarms, a hit, silence.
        let point = OperatingPoint(
            scores: [4, 3, 2, 1, 0], truth: [true, false, false, true, false], threshold: half,
            objective: .leastCost(falseNegative: falseNegative, falsePositive: falsePositive),
            base: ErrorCounts(falseNegatives: 0, falsePositives: 0))
        #expect(point.errors == ErrorCounts(falseNegatives: misses, falsePositives: alarms))
    }
}
