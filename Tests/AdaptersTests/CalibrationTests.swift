import LinearAlgebra
import Moderation
import Testing

@testable import Adapters

@Suite("Calibration rows")
struct CalibrationTests {
    static let guarantee = RateGuarantee(level: 0.2, sense: .probability(0.9))

    static func objective(_ kind: Objective.ErrorKind, _ guarantee: RateGuarantee = guarantee) -> Objective {
        .fewest(kind.other, holding: .rate(guarantee))
    }

    /// Enough rows of both classes; some groups have both.
    static func rows(_ seed: UInt64) -> Rows<Training> { sampleRows(count: 240, dimensions: 6, seed: seed) }

    @Test(
        "One row of each held-out group, of the right class, and no group on both sides",
        arguments: Objective.ErrorKind.allCases)
    func parts(kind: Objective.ErrorKind) throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            let rows = Self.rows(seed)
            let parts = try CalibrationRows(rows, kind, guarantee: Self.guarantee, seed: Seed(seed))
            let groups = { (numbers: [Int]) in Set(numbers.map { rows.groups[$0] }) }
            #expect((parts.fitted + parts.heldOut).sorted() == Array(0..<rows.count))
            #expect(groups(parts.fitted).isDisjoint(with: groups(parts.heldOut)))
            #expect(groups(parts.units) == groups(parts.heldOut))
            #expect(groups(parts.units).count == parts.units.count)
            #expect(parts.units.allSatisfy { rows.truth[$0] == (kind == .falseNegatives) })
            let possible = Set(
                rows.groups.indices.filter { rows.truth[$0] == (kind == .falseNegatives) }
                    .map { rows.groups[$0] }
            ).count
            #expect(parts.units.count == Self.guarantee.heldOut(of: possible))
            #expect(Self.guarantee.allowance(among: parts.units.count) == parts.allowance)
        }
    }

    @Test("Held-out rows move the threshold and nothing else", arguments: [Recipe.Kind.platt, .ridge, .logistic])
    func fittedWithoutThem(kind: Recipe.Kind) throws {
        let rows = Self.rows(3)
        let fit = { (rows: Rows<Training>) in
            try Recipe(kind).fit(rows, threshold: half, objective: Self.objective(.falsePositives), seed: Seed(4))
        }
        let before = try fit(rows)
        let heldOut = try CalibrationRows(rows, .falsePositives, guarantee: Self.guarantee, seed: Seed(4)).heldOut
        var (embeddings, scores) = (rows.embeddings, rows.baseScores)
        for row in heldOut {
            scores[row] += 3
            embeddings[row, 0] += 2
        }
        let after = try fit(rows.replacing(embeddings: embeddings, baseScores: scores))
        guard case .linear(let first) = before.head, case .linear(let second) = after.head else {
            Issue.record("a head that promises something is none")
            return
        }
        #expect(first.weights == second.weights && first.baseScale == second.baseScale)
        #expect(first.intercept != second.intercept)
        #expect(before.chosen == after.chosen && before.calibration == after.calibration)
    }

    @Test(
        "What is counted is what the scores and the head flag", arguments: Recipe.Kind.allCases.filter { $0 != .none })
    func counts(kind: Recipe.Kind) throws {
        for held in Objective.ErrorKind.allCases {
            let rows = Self.rows(5)
            let fit = try Recipe(kind).fit(
                rows, threshold: half, objective: Self.objective(held), seed: Seed(6))
            let allowed = try #require(Self.guarantee.allowance(among: fit.calibration.count))
            for scores in [fit.outOfFoldScores, try fit.head.scores(rows)] {
                let errors = ErrorCounts(
                    of: fit.calibration.map { scores[$0] }, truth: fit.calibration.map { rows.truth[$0] },
                    threshold: half)
                // No two of these scores are near enough for one to be given up.
                #expect(errors[held] == allowed)
            }
        }
    }

    @Test("Of tied or near scores fewer are misjudged than allowed, never more", arguments: [2, 5, 1000])
    func lenientPoint(levels: Int) {
        for seed in 0..<50 as Range<UInt64> {
            let (scores, _) = OperatingPointTests.sample(seed, levels: levels)
            for kind in Objective.ErrorKind.allCases {
                for allowed in [0, 1, 7, 39] {
                    let point = OperatingPoint(scores: scores, allowing: allowed, kind, threshold: half)
                    let flagged = scores.count { half.flags(shifted($0, by: point.shift)) }
                    let wrong = kind == .falsePositives ? flagged : scores.count - flagged
                    #expect(point.errors[kind] == wrong && wrong <= allowed)
                    // The next score is out only because it is tied with the first that must be.
                    let order = kind == .falsePositives ? scores.sorted(by: >) : scores.sorted()
                    #expect(wrong == order.prefix { $0 != order[allowed] }.count)
                }
            }
        }
    }

    @Test("A base that stays as it is promises nothing")
    func baseAlone() throws {
        for recipe in [try Recipe(.none), try Recipe(.ridge, ["strength": [0]])] {
            let fit = try recipe.fit(
                Self.rows(1), threshold: half, objective: Self.objective(.falsePositives), seed: Seed(1))
            #expect(fit.head == .base && fit.calibration.isEmpty)
            #expect(fit.outOfFoldScores == Self.rows(1).baseScores)
        }
    }

    @Test("Too few groups are refused with what it takes", arguments: Recipe.Kind.allCases)
    func refused(kind: Recipe.Kind) throws {
        let cases: [(Objective.ErrorKind, RateGuarantee, String)] = [
            (
                .falsePositives, RateGuarantee(level: 0.05, sense: .probability(0.95)),
                "Alcohol: a false-positive rate of at most 5% with probability 95% takes 117 groups of training images without "
                    + "the label, of which 50%, 59, only set the threshold; there are 27, of which 14 would"
            ),
            (
                .falseNegatives, RateGuarantee(level: 0.05, sense: .expectation, calibration: 0.25),
                "Alcohol: a false-negative rate of at most 5% in expectation takes 74 groups of training images with the "
                    + "label, of which 25%, 19, only set the threshold; there are 20, of which 5 would"
            ),
        ]
        for (held, guarantee, said) in cases {
            #expect {
                try Recipe(kind).fit(
                    sampleRows(), threshold: half, objective: Self.objective(held, guarantee), seed: Seed(1))
            } throws: { error in
                "\(error)" == said
            }
        }
    }
}
