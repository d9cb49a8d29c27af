import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

@Suite("Selection")
struct SelectionTests {
    /// An assessment of given losses, one per group.
    func assessment(_ losses: [Double], other: Int = 0) -> Assessment {
        Assessment(
            point: OperatingPoint(shift: 0, errors: ErrorCounts(falseNegatives: 0, falsePositives: other)),
            losses: losses, rank: Assessment.Rank(loss: losses.reduce(0, +), other: other))
    }

    func selection(_ rule: Selection.Rule, _ objective: Objective = .falseNegatives) -> Selection {
        Selection(sampleRows(), threshold: half, objective: objective, rule: rule)
    }

    @Test("Losses by group add up to what is compared", arguments: Objective.allCases)
    func lossesAddUp(objective: Objective) throws {
        let rows = sampleRows(count: 120)
        let selection = Selection(rows, threshold: half, objective: objective)
        for kind in Recipe.Kind.allCases {
            for candidate in try Recipe(kind).candidates(for: rows, seed: Seed(7)) {
                let assessment = selection.assess(candidate)
                #expect(assessment.losses.count == Set(rows.groups).count)
                #expect(assessment.losses.reduce(0, +) == objective.loss(assessment.point.errors))
                #expect(assessment.rank.loss == objective.loss(assessment.point.errors))
            }
        }
    }

    struct Losses: Encodable { let first: [Double], second: [Double] }
    struct Answer: Decodable { let loss: Double, standardError: Double }

    @Test("The standard error of a difference is SciPy's, scaled to a sum")
    func standardError() throws {
        var stream = RandomStream(Seed(3))
        let losses = (0..<2).map { _ in (0..<30).map { _ in Double(stream.integer(below: 4)) } }
        let answer: Answer = try Oracle.run(
            """
            import numpy as np
            from scipy.stats import sem
            d = np.array(input["first"]) - np.array(input["second"])
            answer(dict(loss=float(d.sum()), standardError=float(len(d) * sem(d))))
            """, input: Losses(first: losses[0], second: losses[1]))
        let excess = assessment(losses[0]).excess(over: assessment(losses[1]))
        #expect(excess.loss == answer.loss)
        // Two ways of summing thirty squares.
        #expect(abs(excess.standardError / answer.standardError - 1) < 1e-12)
    }

    @Test("The simplest within one standard error is taken, or the best, as asked")
    func rules() {
        // Ten groups; the second loses 2 more than the last, which is one standard error or less only if they are spread.
        let base = assessment([1, 1, 1, 1, 1, 1, 1, 1, 0, 0])
        let simple = assessment([1, 1, 0, 0, 0, 0, 0, 0, 1, 0])
        let best = assessment([0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
        // simple - best: 1, 1, six 0, 0, -1: a sum of 1 with the standard error √(10/9 · (3 - 1/10)) = 1.80.
        #expect(abs(simple.excess(over: best).standardError - (10.0 / 9 * 2.9).squareRoot()) < 1e-12)
        // base - best: eight 1, two -1: a sum of 6 with the standard error √(10/9 · (10 - 3.6)) = 2.67.
        #expect(abs(base.excess(over: best).standardError - (10.0 / 9 * 6.4).squareRoot()) < 1e-12)
        #expect(selection(.best).choice(among: [base, simple, best]) == 2)
        #expect(selection(.simplestWithinOneStandardError).choice(among: [base, simple, best]) == 1)
    }

    @Test("The base is kept where nothing is shown to beat it", arguments: Selection.Rule.allCases)
    func doNoHarm(rule: Selection.Rule) {
        let base = assessment([1, 1, 1, 0, 0, 0])
        #expect(selection(rule).choice(among: [base, base, assessment([1, 1, 1, 1, 0, 0])]) == 0)
        // One fixed and none broken is one standard error: shown by neither more nor less than chance.
        let fixesOne = assessment([1, 1, 0, 0, 0, 0])
        let isKept = selection(rule).choice(among: [base, fixesOne]) == 0
        #expect(isKept == (rule == .simplestWithinOneStandardError))
    }

    @Test("Equal losses are decided by the kind held, then by the place", arguments: [(1, 0, 1), (0, 1, 0), (2, 2, 0)])
    func ties(first: Int, second: Int, chosen: Int) {
        let candidates = [assessment([1, 1], other: first), assessment([2, 0], other: second)]
        #expect(selection(.best).choice(among: candidates) == chosen)
    }

    @Test("One group has no standard error: the simplest is kept")
    func oneGroup() {
        let rule = selection(.simplestWithinOneStandardError)
        #expect(rule.choice(among: [assessment([5]), assessment([1])]) == 0)
    }

    @Test("Candidates of several adapters are compared, and the rule reaches the fit")
    func severalAdapters() throws {
        let rows = sampleRows(count: 120)
        let recipes = [try Recipe(.none), try Recipe(.bias), try Recipe(.ridge), try Recipe(.logistic)]
        func fit(_ rule: Selection.Rule) throws -> Fit {
            try Fitting(threshold: half, objective: .falseNegatives, seed: Seed(7), rule: rule).fit([rows]) {
                (_) throws(AdapterError) in
                var candidates: [Candidate] = []
                for recipe in recipes { candidates += try recipe.candidates(for: rows, seed: Seed(7)) }
                return [candidates]
            }[0]
        }
        let errors = { (fit: Fit) in ErrorCounts(of: fit.outOfFoldScores, truth: rows.truth, threshold: half) }
        let alone = try recipes.map { try $0.fit(rows, threshold: half, seed: Seed(7)) }
        let best = try fit(.best)
        #expect(errors(best).falseNegatives == alone.map { errors($0).falseNegatives }.min())
        let careful = try fit(.simplestWithinOneStandardError)
        #expect(errors(careful).falseNegatives >= errors(best).falseNegatives)
        #expect(errors(careful).falsePositives <= errors(alone[0]).falsePositives)
    }
}
