import Evaluation
import Moderation
import TestSupport
import Testing

@Suite struct GatePowerTests {
    @Test func imagesNeededAreTheFewestThatPass() throws {
        for (limit, groupSize) in [(0.02, 1), (0.1, 1), (0.1, 3)] {
            let few = try GateJudgement(
                .falseNegatives, of: MadeUpErrors(images: 12, groupSize: groupSize).first(0), atMost: limit)
            #expect(!few.power.couldPass)
            let needed = try #require(few.power.imagesNeeded)
            guard groupSize == 1 else {
                // More groups have more degrees of freedom, which the forecast leaves at those of the groups there are.
                let enough = MadeUpErrors(images: needed, groupSize: groupSize).first(0)
                #expect(try GateJudgement(.falseNegatives, of: enough, atMost: limit).verdict == .pass)
                continue
            }
            // Wilson's limit without an error is z² / (n + z²), so n = z² (1 - L) / L: 189 images for 2%.
            let square = Interval.standardScore * Interval.standardScore
            #expect(needed == Int((square * (1 - limit) / limit).rounded(.up)))
            for (images, verdict) in [(needed, GateVerdict.pass), (needed - 1, .inconclusive)] {
                let judgement = try GateJudgement(
                    .falseNegatives, of: MadeUpErrors(images: images).first(0), atMost: limit)
                #expect(judgement.verdict == verdict && judgement.power.couldPass == (verdict == .pass))
            }
        }
    }

    @Test func imagesNeededForAMarginPassWhenNothingChanges() throws {
        let few = MadeUpErrors(images: 50).first(10)
        let judgement = try GateJudgement(.falseNegatives, of: few, notWorseThan: few, by: 0.01)
        let needed = try #require(judgement.power.imagesNeeded)
        let enough = MadeUpErrors(images: needed).first(Int((0.2 * Double(needed)).rounded()))
        #expect(try GateJudgement(.falseNegatives, of: enough, notWorseThan: enough, by: 0.01).verdict == .pass)
        #expect(needed > 50)
        // No number of images shows that nothing at all was lost.
        #expect(try GateJudgement(.falseNegatives, of: few, notWorseThan: few, by: 0).power.imagesNeeded == nil)
    }

    @Test func imagesNeededForAnImprovementPassWhenAllErrorsGo() throws {
        let base = MadeUpErrors(images: 20).first(5)
        let power = try GateJudgement(
            .falseNegatives, of: MadeUpErrors(images: 20).first(0), improvingOn: base, byAtLeast: 0.9
        ).power
        let needed = try #require(power.imagesNeeded)
        let made = MadeUpErrors(images: needed)
        let judgement = try GateJudgement(
            .falseNegatives, of: made.first(0), improvingOn: made.first(Int((Double(needed) / 4).rounded())),
            byAtLeast: 0.9)
        #expect(judgement.verdict == .pass)
    }

    struct Table: Codable {
        let images: Int, wrong: Int, fixed: Int, broken: Int
    }

    /// All tables that another test set could give, with SciPy's chances and SciPy's Wilson limits.
    @Test func likelyLimitsAreQuantilesOfAllTables() throws {
        struct Answer: Decodable { let rate: Double, difference: Double, improvement: Double }
        let tables = [
            Table(images: 40, wrong: 12, fixed: 5, broken: 3), Table(images: 30, wrong: 10, fixed: 9, broken: 0),
            Table(images: 25, wrong: 6, fixed: 1, broken: 4),
        ]
        let answers = try Oracle.run(
            """
            from scipy import stats
            import math
            Z = stats.norm.ppf(0.975)
            def wilson(k, n, z=Z):
                limits = stats.binomtest(k, n).proportion_ci(1 - 2 * stats.norm.sf(z), method="wilson")
                return limits.low, limits.high
            def newcombe(a, f, b, d):
                n = a + f + b + d
                p1, p2 = (a + b) / n, (a + f) / n
                (l1, u1), (l2, u2) = wilson(a + b, n), wilson(a + f, n)
                product = (a + f) * (b + d) * (a + b) * (f + d)
                top = a * d - f * b
                psi = 0 if product == 0 else (max(0, top - n / 2) if top > 0 else top) / math.sqrt(product)
                above, below = u1 - p1, p2 - l2
                return p1 - p2 + math.sqrt(max(0, above**2 - 2 * psi * above * below + below**2))
            def bonett_price(a, f, b):
                n, x, y = a + f + b, a + b + 1, a + f + 1
                A = math.sqrt((f + b + 2) / (x * y))
                B = math.sqrt((1 - x / (n + 2)) / x) + math.sqrt((1 - y / (n + 2)) / y)
                z = A / B * Z
                return 1 - wilson(a + b, n, z)[1] / wilson(a + f, n, z)[0]
            def quantile(values):
                total = 0
                for value, chance in sorted(values):
                    total += chance
                    if total >= 0.8: return value
            def limits(t):
                n, wrong, fixed, broken = t["images"], t["wrong"], t["fixed"], t["broken"]
                now = wrong - fixed + broken
                pmf = stats.binom.pmf
                rate = quantile([(wilson(k, n)[1], pmf(k, n, now / n)) for k in range(n + 1)])
                tables = []
                for m in range(n + 1):
                    for b in range(m + 1):
                        f = m - b
                        a = min(max(0, wrong - f), n - m)
                        chance = pmf(m, n, (fixed + broken) / n) * pmf(b, m, 0.5)
                        if chance > 1e-13: tables.append((newcombe(a, f, b, n - m - a), chance))
                gone = []
                for f in range(wrong + 1):
                    for b in range(n - wrong + 1):
                        chance = pmf(f, wrong, fixed / wrong) * pmf(b, n - wrong, broken / (n - wrong))
                        if chance > 1e-13: gone.append((-bonett_price(wrong - f, f, b), chance))
                return {"rate": rate, "difference": quantile(tables), "improvement": -quantile(gone)}
            answer([limits(t) for t in input])
            """, input: tables, as: [Answer].self)
        for (table, answer) in zip(tables, answers) {
            let made = MadeUpErrors(images: table.images)
            let then = made.first(table.wrong)
            let now = made.errors { $1 >= table.fixed && $1 < table.wrong + table.broken }
            // Closed formulas and sums of some hundred chances; a quantile is one of the limits themselves.
            let rate = try GateJudgement(.falseNegatives, of: now, atMost: 0.5).power.likelyLimit
            #expect(isClose(rate ?? 0, answer.rate, relative: 1e-9))
            let difference = try GateJudgement(.falseNegatives, of: now, notWorseThan: then, by: 0.1).power.likelyLimit
            #expect(isClose(difference ?? 0, answer.difference, relative: 1e-9))
            let improvement = try GateJudgement(.falseNegatives, of: now, improvingOn: then, byAtLeast: 0.1)
            #expect(isClose(improvement.power.likelyLimit ?? 0, answer.improvement, relative: 1e-9))
        }
    }

    /// Test sets drawn anew, in which nothing has changed: so many pass at the likely margin, fewer below it.
    @Test func eightOfTenUnchangedTestSetsPassAtTheLikelyMargin() throws {
        let made = MadeUpErrors(images: 150)
        let seen = made.errors { $1 >= 6 && $1 < 45 + 6 }
        let margin = try #require(
            try GateJudgement(.falseNegatives, of: seen, notWorseThan: made.first(45), by: 0.1).power.likelyLimit)
        var generator = SplitMix(state: 7)
        let draws = 600
        let limits = try (0..<draws).map { _ in
            // An image is wrong before with 39/138, and changes with 12/150, either way alike.
            let drawn = (0..<150).map { _ -> (then: Bool, now: Bool) in
                if Double.random(in: 0..<1, using: &generator) < 12.0 / 150 {
                    let isBroken = Bool.random(using: &generator)
                    return (!isBroken, isBroken)
                }
                let isWrong = Double.random(in: 0..<1, using: &generator) < 39.0 / 138
                return (isWrong, isWrong)
            }
            let judgement = try GateJudgement(
                .falseNegatives, of: made.errors { drawn[$1].now }, notWorseThan: made.errors { drawn[$1].then },
                by: margin)
            return try #require(judgement.estimate.interval?.upper)
        }
        // The enumeration keeps the errors of before at what was seen, the draws do not, so limits are compared to within a
        // fifth of their distance from 0; of 600 draws the share is known to within 0.05 (three standard errors).
        #expect(Double(limits.count { $0 <= margin * 1.1 }) / Double(draws) > 0.75)
        #expect(Double(limits.count { $0 <= margin * 0.8 }) / Double(draws) < 0.8)
    }

    /// Repeats whose differences are drawn with a known spread: the mean as uncertain as the corrected t takes it to be.
    @Test func overRepeatsEightOfTenPassAtTheLikelyMargin() throws {
        let made = MadeUpErrors(images: 400, repeats: 20, isHalved: true)
        var generator = SplitMix(state: 21)
        // Images whose decision changed at random, as many broken as repaired, consistently in all repeats: the spread over
        // repeats is then that of the images drawn into each test part.
        var passed = 0
        let draws = 80
        for _ in 0..<draws {
            let fates = (0..<400).map { _ in Double.random(in: 0..<1, using: &generator) }
            let then = made.errors { fates[$1] < 0.05 || fates[$1] > 0.9 }
            let now = made.errors { fates[$1] >= 0.05 && fates[$1] < 0.1 || fates[$1] > 0.9 }
            let judgement = try GateJudgement(.falseNegatives, of: now, notWorseThan: then, by: 0.1)
            let margin = try #require(judgement.power.likelyLimit)
            let upper = try #require(judgement.estimate.interval?.upper)
            if upper <= margin { passed += 1 }
        }
        // 0.8 of 80 draws is 64, with a standard deviation of 3.6.
        #expect((53...75).contains(passed))
    }
}
