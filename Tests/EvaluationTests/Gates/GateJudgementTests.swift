import Evaluation
import Moderation
import TestSupport
import Testing

@Suite struct GateJudgementTests {
    // MARK: Verdicts

    @Test func ratesAreHeldToALimit() throws {
        let misses = MadeUpErrors(images: 200).first(20)
        // SciPy's Wilson interval of 20 in 200 is 0.0657 to 0.1496.
        for (limit, verdict) in [
            (0.15, GateVerdict.pass), (0.149, .inconclusive), (0.066, .inconclusive), (0.065, .fail),
        ] {
            let judgement = try GateJudgement(.falseNegatives, of: misses, atMost: limit)
            #expect(judgement.verdict == verdict && judgement.basis == .oneSplit)
            #expect(judgement.estimate.value == 0.1)
        }
    }

    @Test func differencesAreHeldToAMargin() throws {
        let made = MadeUpErrors(images: 400)
        let then = made.first(40)
        for (now, verdict) in [
            (made.first(42), GateVerdict.pass), (made.first(52), .inconclusive), (made.first(80), .fail),
        ] {
            let judgement = try GateJudgement(.falseNegatives, of: now, notWorseThan: then, by: 0.04)
            #expect(judgement.verdict == verdict)
            let interval = try #require(
                try PairedErrors(.falseNegatives, reference: then, subject: now).rateDifference.interval)
            #expect(judgement.estimate.interval == interval)
        }
    }

    @Test func improvementsAreHeldToALimit() throws {
        let made = MadeUpErrors(images: 300)
        let base = made.first(150)
        for (left, verdict) in [(30, GateVerdict.pass), (78, .inconclusive), (120, .fail)] {
            let judgement = try GateJudgement(
                .falseNegatives, of: made.first(left), improvingOn: base, byAtLeast: 0.5)
            #expect(judgement.verdict == verdict)
            #expect(judgement.estimate.value == Double(150 - left) / 150)
        }
    }

    /// What is flagged is rightly flagged or a false alarm.
    @Test func flaggedImagesAreARateOfAllImages() throws {
        let records = RandomRecords(seed: 3, repeats: 1, largestGroup: 1).records.filter { $0.adapter == "better" }
        let errors = try TestErrors(records, label: 0, of: .adapter)
        let record = records[0], label = record.labels[0]
        let tested = record.images(of: .test, knownIn: label)
        let flagged = tested.count { label.adapterScores[$0] >= 0 }
        let judgement = try GateJudgement(.flagged, of: errors, atMost: 0.99)
        #expect(judgement.estimate.value == Double(flagged) / Double(tested.count))
        #expect(judgement.estimate.interval == .wilson(flagged, of: tested.count))
        #expect(judgement.power.images == tested.count)
        let base = try TestErrors(records, label: 0, of: .base)
        let difference = try GateJudgement(.flagged, of: errors, notWorseThan: base, by: 0.5)
        let before = tested.count { label.baseScores[$0] >= 0 }
        #expect(difference.estimate.value == Double(flagged - before) / Double(tested.count))
    }

    @Test func withoutAnImageOrABaseErrorNothingIsShown() throws {
        let misses = MadeUpErrors(images: 50).first(5)
        let alarms = try GateJudgement(.falsePositives, of: misses, atMost: 0.5)
        #expect(alarms.verdict == .inconclusive && alarms.missing == .noImages && !alarms.power.couldPass)
        let none = MadeUpErrors(images: 50).first(0)
        let improvement = try GateJudgement(.falseNegatives, of: none, improvingOn: none, byAtLeast: 0.1)
        #expect(improvement.verdict == .inconclusive && improvement.missing == .noBaseErrors)
        #expect(improvement.power.bestLimit == nil && improvement.power.imagesNeeded == nil)
    }

    @Test func otherImagesAreRefused() {
        #expect(throws: PairRefusal.self) {
            try GateJudgement(
                .falseNegatives, of: MadeUpErrors(images: 60).first(3), notWorseThan: MadeUpErrors(images: 61).first(3),
                by: 0.1)
        }
        #expect(throws: PairRefusal.self, "what is flagged depends on the truth") {
            try GateJudgement(
                .flagged, of: MadeUpErrors().first(3), notWorseThan: MadeUpErrors(isPresent: false).first(3), by: 0.1)
        }
    }

    // MARK: Where nothing differs

    @Test func theSameTrialsPassWhateverTheMargin() throws {
        let errors = MadeUpErrors(images: 10).first(3)
        let same = try GateJudgement(
            .falseNegatives, of: errors, notWorseThan: errors, by: 0, isSameTrials: true)
        #expect(same.verdict == .pass && same.basis == .sameTrials && !same.power.couldPass)
        let other = try GateJudgement(.falseNegatives, of: errors, notWorseThan: errors, by: 0)
        #expect(other.verdict == .inconclusive && other.basis == .oneSplit)
    }

    struct Unchanged: Codable {
        let images: Int, errors: Int, groupSize: Int
    }

    /// Repeats without a difference are judged by the distinct images: Newcombe's interval with 0 discordant pairs, at the
    /// standard score of the groups (Student's t times √Kish's effect), from SciPy's own Wilson interval.
    @Test func unchangedDecisionsAreJudgedByTheDistinctImages() throws {
        let cases = [(200, 60, 1), (200, 60, 4), (60, 0, 1), (60, 0, 3), (90, 90, 1)].map {
            Unchanged(images: $0.0, errors: $0.1, groupSize: $0.2)
        }
        let expected = try Oracle.run(
            """
            from scipy import stats
            import math
            def upper(n, errors, size):
                z = stats.norm.ppf(0.975)
                if size > 1: z = stats.t.ppf(0.975, n / size - 1) * math.sqrt(size)
                level = 1 - 2 * stats.norm.sf(z)
                limits = stats.binomtest(errors, n).proportion_ci(level, method="wilson")
                p = errors / n
                below, above = p - limits.low, limits.high - p
                right = n - errors
                psi = 0 if errors * right == 0 else max(0, errors * right - n / 2) / (errors * right)
                return math.sqrt(max(0, above**2 - 2 * psi * above * below + below**2))
            answer([upper(case["images"], case["errors"], case["groupSize"]) for case in input])
            """, input: cases, as: [Double].self)
        for (given, upper) in zip(cases, expected) {
            var made = MadeUpErrors(images: given.images, groupSize: given.groupSize, repeats: 6, isHalved: true)
            let errors = made.first(given.errors)
            let judged = try GateJudgement(.falseNegatives, of: errors, notWorseThan: errors, by: upper + 1e-6)
            #expect(judged.verdict == .pass && judged.basis == .distinctImages)
            // A level very near 1 costs SciPy's quantile some digits.
            #expect(isClose(judged.estimate.interval?.upper ?? 0, upper, relative: 1e-6))
            #expect(isClose(judged.power.bestLimit ?? 0, upper, relative: 1e-6))
            let strict = try GateJudgement(.falseNegatives, of: errors, notWorseThan: errors, by: upper - 1e-6)
            #expect(strict.verdict == .inconclusive && !strict.power.couldPass)

            made.repeats = 1
            made.isHalved = false
            let once = made.first(given.errors)
            let oneSplit = try GateJudgement(.falseNegatives, of: once, notWorseThan: once, by: 0)
            #expect(oneSplit.estimate.interval == judged.estimate.interval, "of all images at once")
        }
    }

    @Test func noErrorInAnyRepeatIsJudgedByTheDistinctImages() throws {
        let none = MadeUpErrors(images: 80, repeats: 5, isHalved: true).first(0)
        let judgement = try GateJudgement(.falseNegatives, of: none, atMost: 0.05)
        #expect(judgement.basis == .distinctImages && judgement.verdict == .pass)
        #expect(judgement.estimate.interval == .wilson(0, of: 80))
    }

    /// To see an image break, or one fewer repaired, never turns another verdict into `pass`.
    @Test(arguments: [1, 4, 10], [1, 6]) func aFurtherErrorNeverMakesARulePass(groupSize: Int, repeats: Int) throws {
        let made = MadeUpErrors(images: 120, groupSize: groupSize, repeats: repeats, isHalved: repeats > 1)
        let then = made.first(30)
        for margin in [0.01, 0.03, 0.05, 0.1] {
            let unchanged = try GateJudgement(.falseNegatives, of: then, notWorseThan: then, by: margin).verdict
            let best = try GateJudgement(.falseNegatives, of: made.first(0), atMost: margin).verdict
            for broken in 1...12 {
                let worse = made.errors { $1 < 30 || $1 >= 40 && $1 < 40 + broken }
                if unchanged != .pass {
                    let verdict = try GateJudgement(.falseNegatives, of: worse, notWorseThan: then, by: margin).verdict
                    #expect(verdict != .pass, "\(broken) broken, margin \(margin)")
                }
                if best != .pass {
                    #expect(try GateJudgement(.falseNegatives, of: made.first(broken), atMost: margin).verdict != .pass)
                }
            }
        }
    }

    /// Other test sets at the limit itself, with 4 misses expected: 2.5% may pass, and Student's t alone passes 11%.
    @Test func overRepeatsFewErrorsPassNoMoreOftenThanTheySay() throws {
        let made = MadeUpErrors(images: 300, repeats: 10, isHalved: true)
        var generator = SplitMix(state: 41)
        let limit = 0.0128, draws = 300
        let passed = try (0..<draws).count { _ in
            let wrong = (0..<300).map { _ in Double.random(in: 0..<1, using: &generator) < limit }
            return try GateJudgement(.falseNegatives, of: made.errors { wrong[$1] }, atMost: limit).verdict == .pass
        }
        // 7 or 8 of 300 at 2.5%, three standard deviations of 2.7 more; 33 at 11%.
        #expect(passed <= 16, "\(passed) of \(draws)")
    }

    @Test func overRepeatsTheIntervalIsThatOfTheReport() throws {
        let records = RandomRecords(seed: 11, repeats: 8, largestGroup: 2).records.filter { $0.adapter == "worse" }
        let (base, adapter) = try (
            TestErrors(records, label: 0, of: .base), TestErrors(records, label: 0, of: .adapter)
        )
        let pairs = try PairedErrors(.falsePositives, reference: base, subject: adapter)
        let judgement = try GateJudgement(.falsePositives, of: adapter, notWorseThan: base, by: 0.01)
        #expect(judgement.basis == .repeats && judgement.estimate == pairs.rateDifference)
        #expect(judgement.verdict == .fail)
    }
}
