import LinearAlgebra
import Moderation
import Testing

@testable import Adapters

@Suite("Auto")
struct AutoTests {
    /// Rows whose embeddings say nothing of the truth, and whose base scores say a little.
    static func noise(_ seed: UInt64) -> Rows<Training> {
        let rows = sampleRows(count: 40, dimensions: 10, seed: seed)
        var stream = RandomStream(Seed(seed).derive("noise"))
        return rows.replacing(truth: stream.shuffled(rows.truth))
    }

    @Test("Where nothing beats the base, the base stays in most draws, bit for bit")
    func doesNoHarm() throws {
        let fits = try (0..<12 as Range<UInt64>).map { seed in
            (rows: Self.noise(seed), fit: try Recipe(.auto).fit(Self.noise(seed), threshold: half, seed: Seed(1)))
        }
        let kept = fits.filter { $0.fit.choice?.adapter == Recipe.Kind.none }
        // Of twelve draws of pure noise, from 13 groups and with the best of 43 candidates, at least half keep the base: a rule
        // without the second standard error keeps it in five.
        #expect(kept.count >= 6)
        for (rows, fit) in kept {
            #expect(fit.head == .base)
            #expect(fit.outOfFoldScores == rows.baseScores)
        }
    }

    @Test("What separates the classes is found")
    func findsWhatSeparates() throws {
        let noise = sampleRows(count: 60)
        // One direction tells the classes apart, and the base flags nothing.
        let rows = noise.replacing(
            embeddings: Matrix(noise.truth.map { $0 ? [3, 1, 1] : [1, 1, 3] }), baseScores: noise.truth.map { _ in -2 })
        let fit = try Recipe(.auto).fit(rows, threshold: half, seed: Seed(1))
        let choice = try #require(fit.choice)
        #expect(choice.adapter != Recipe.Kind.none)
        #expect(ErrorCounts(of: try fit.head.scores(rows), truth: rows.truth, threshold: half).falseNegatives == 0)
    }

    @Test("The choice is the simplest within one standard error of the best, and says so")
    func saysWhy() throws {
        for seed in 0..<4 as Range<UInt64> {
            let rows = sampleRows(count: 60, seed: seed)
            let auto = try Recipe(.auto).fit(rows, threshold: half, seed: Seed(1))
            let choice = try #require(auto.choice)
            let candidates = try Recipe(.auto).candidates(for: rows, seed: Seed(1))
            let selection = Selection(
                rows, threshold: half, objective: .falseNegatives, rule: .simplestWithinOneStandardError)
            let assessments = candidates.map(selection.assess)
            let place = selection.choice(among: assessments)
            #expect(candidates[place].kind == choice.adapter)
            #expect(candidates[place].chosen == auto.chosen)
            let isBest = place == selection.bestPlace(among: assessments)
            #expect(choice.reason.contains(", the best of \(candidates.count) candidates") == isBest)
            #expect(choice.reason.contains(" of the best, ") == !isBest)
            for simpler in assessments[..<place] {
                let excess = simpler.excess(over: assessments[selection.bestPlace(among: assessments)])
                #expect(excess.loss > (simpler.isBase ? Selection.baseReach : 1) * excess.standardError)
            }
        }
    }

    @Test("Every adapter but itself is tried, each simpler than the next, under its own revision")
    func triesAll() {
        #expect(Set(Auto.tried) == Set(Recipe.Kind.allCases).subtracting([.auto]))
        #expect(Auto.tried.first == Recipe.Kind.none)
        for kind in Auto.tried { #expect(Recipe.Kind.auto.algorithm.contains(kind.algorithm)) }
    }
}
