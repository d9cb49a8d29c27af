import Foundation
import LinearAlgebra
import Moderation
import Testing

@testable import Adapters

/// Promises held against the truth: 2,000 training sets from a population whose error rates are known in closed form.
@Suite("Guarantees by simulation")
struct GuaranteeSimulationTests {
    static let draws = 2000
    /// Fewer draws of what is fitted by many steps: the rule is the same code.
    static let recipes: [(kind: Recipe.Kind, draws: Int)] = [
        (.bias, draws), (.ridge, draws), (.platt, 250), (.logistic, 250), (.gda, 250), (.kernel, 250), (.cache, 250),
    ]

    /// The share of `draws` in which `isTrue`, and four standard deviations of a share that is `expected`: a true one lies
    /// farther off for 6 in 100,000 choices of the seed.
    private func share(_ rates: [Double], above level: Double, expected: Double) -> (found: Double, tolerance: Double) {
        let found = Double(rates.count { $0 > level }) / Double(rates.count)
        return (found, 4 * (expected * (1 - expected) / Double(rates.count)).squareRoot())
    }

    @Test("With a probability, a rate is above its level as often as the order statistic says", arguments: recipes)
    func withProbability(recipe: (kind: Recipe.Kind, draws: Int)) throws {
        let guarantee = RateGuarantee(level: 0.1, sense: .probability(0.9))
        let population = ArcPopulation(negativeGroups: 76)
        let rates = try population.rates(
            of: recipe.kind, .fewest(.falseNegatives, holding: .rate(guarantee)), recipe.draws)
        let allowed = try #require(guarantee.allowance(among: 38))
        let expected = Binomial(trials: 38, probability: 0.1).cumulative(allowed)
        let above = share(rates, above: 0.1, expected: expected)
        #expect(abs(above.found - expected) < above.tolerance)
        #expect(above.found < 0.1 + above.tolerance)
    }

    @Test("So is a miss rate", arguments: [Recipe.Kind.bias, .ridge])
    func missRate(kind: Recipe.Kind) throws {
        let guarantee = RateGuarantee(level: 0.2, sense: .probability(0.9))
        let population = ArcPopulation(negativeGroups: 40, positiveGroups: 50)
        let rates = try population.rates(of: kind, .fewest(.falsePositives, holding: .rate(guarantee)), Self.draws)
        let allowed = try #require(guarantee.allowance(among: 25))
        let expected = Binomial(trials: 25, probability: 0.2).cumulative(allowed)
        let above = share(rates, above: 0.2, expected: expected)
        #expect(abs(above.found - expected) < above.tolerance)
        #expect(above.found < 0.1 + above.tolerance)
    }

    @Test("In expectation, the mean rate is the level where the counts allow it", arguments: recipes)
    func inExpectation(recipe: (kind: Recipe.Kind, draws: Int)) throws {
        // Of 39 images 3 may be wrong: the mean rate is then 4/40, the level itself.
        let guarantee = RateGuarantee(level: 0.1, sense: .expectation)
        let population = ArcPopulation(negativeGroups: 78)
        let rates = try population.rates(
            of: recipe.kind, .fewest(.falseNegatives, holding: .rate(guarantee)), recipe.draws)
        let mean = rates.reduce(0, +) / Double(rates.count)
        // A rate is Beta(4, 36), whose variance is 0.1 · 0.9 / 41; four standard errors.
        #expect(abs(mean - 0.1) < 4 * (0.1 * 0.9 / 41 / Double(rates.count)).squareRoot())
    }

    /// Scores of few values: many images are tied, and the promise is kept all the more.
    @Test("Ties are on the safe side")
    func ties() throws {
        let guarantee = RateGuarantee(level: 0.1, sense: .probability(0.9))
        let population = ArcPopulation(negativeGroups: 76, levels: 8)
        let rates = try population.rates(of: .bias, .fewest(.falseNegatives, holding: .rate(guarantee)), Self.draws)
        #expect(share(rates, above: 0.1, expected: 0.1).found <= 0.1)
        // Not because nothing is flagged: one of eight values is too much, so no draw that keeps it flags any.
        #expect(rates.allSatisfy { $0 == 0 || $0 > 0.1 })
    }

    /// Why groups count once: taken for independent, near copies promise far more than they can keep.
    @Test("Images of one group, counted one by one, break the promise")
    func ignoringGroups() throws {
        let guarantee = RateGuarantee(level: 0.1, sense: .probability(0.9))
        let population = ArcPopulation(negativeGroups: 76, declaresGroups: false)
        let rates = try population.rates(of: .bias, .fewest(.falseNegatives, holding: .rate(guarantee)), 400)
        #expect(share(rates, above: 0.1, expected: 0.1).found > 0.25)
    }
}

/// Images on an arc: an angle each, which the embedding points along, and from which the base score falls to both sides.
///
/// Images of a group have nearly the same angle, and groups in the half where scores are lower are larger. One image of a
/// new group has an angle spread evenly over its class's arc, so every error rate of a linear head is a length.
struct ArcPopulation {
    var negativeGroups: Int
    var positiveGroups = 20
    /// Number of different angles, as a step of the arc; 0 for all of them.
    var levels = 0
    /// Whether the rows say which group they are of.
    var declaresGroups = true

    static let negativeArc = -1.2...1.0
    static let positiveArc = 0.4...2.2

    /// The true rate of the kind of error that `objective` holds, of heads fitted to `draws` training sets.
    func rates(of kind: Recipe.Kind, _ objective: Objective, _ draws: Int) throws -> [Double] {
        let hasStrength = kind.description.hyperparameters.contains { $0.name == "strength" }
        let recipe = try Recipe(kind, hasStrength ? ["strength": [0.1, 1]] : [:])
        return try (0..<draws).map { draw in
            let seed = Seed(UInt64(draw)).derive("simulation")
            let fit = try recipe.fit(rows(seed), threshold: half, objective: objective, seed: seed)
            return try rate(of: objective.held == .falsePositives ? .falsePositives : .falseNegatives, fit.head)
        }
    }

    private func rows(_ seed: Seed) -> Rows<Training> {
        var stream = RandomStream(seed)
        var (angles, truth, groups): ([Double], [Bool], [Int]) = ([], [], [])
        for group in 0..<negativeGroups + positiveGroups {
            let isPositive = group >= negativeGroups
            let arc = isPositive ? Self.positiveArc : Self.negativeArc
            let start = stream.unit()
            for _ in 0..<(start < 0.5 ? 3 : 1) {
                // Evenly spread whatever the start, as it goes round the end of the arc.
                let place = (start + 0.002 * stream.unit()).truncatingRemainder(dividingBy: 1)
                angles.append(angle(at: place, arc))
                truth.append(isPositive)
                groups.append(declaresGroups ? group : groups.count)
            }
        }
        return sampleRows().replacing(
            embeddings: Matrix(angles.map { [Float(cos($0)), Float(sin($0))] }),
            baseScores: angles.map(Self.baseScore), truth: truth, groups: groups)
    }

    private func angle(at place: Double, _ arc: ClosedRange<Double>) -> Double {
        let step = levels == 0 ? place : (place * Double(levels)).rounded(.down) / Double(levels)
        return arc.lowerBound + step * (arc.upperBound - arc.lowerBound)
    }

    static func baseScore(_ angle: Double) -> Float { Float(4 * sin(angle) - 2) }

    /// The share of a class's arc on which `head` is wrong, by its decisions at points so dense that they miss at most a
    /// ten-thousandth of it; of steps, exactly.
    private func rate(of kind: Objective.ErrorKind, _ head: Head) throws -> Double {
        let arc = kind == .falsePositives ? Self.negativeArc : Self.positiveArc
        if levels > 0 {
            let wrong = (0..<levels).count { step in
                flags(head, angle(at: (Double(step) + 0.5) / Double(levels), arc)) == (kind == .falsePositives)
            }
            return Double(wrong) / Double(levels)
        }
        return wrongShare(head, kind, arc)
    }

    /// A head's score is r · sin(angle + phase) + constant, so it crosses the threshold at two angles at most per turn.
    private func wrongShare(_ head: Head, _ kind: Objective.ErrorKind, _ arc: ClosedRange<Double>) -> Double {
        guard case .linear(let linear) = head else { return wrongShareOfPoints(head, kind, arc) }
        let sine = 4 * Double(linear.baseScale) + Features.length * Double(linear.weights[1])
        let cosine = Features.length * Double(linear.weights[0])
        let level = Double(half.logit) - Double(linear.intercept) + 2 * Double(linear.baseScale)
        let size = (sine * sine + cosine * cosine).squareRoot()
        let centre = atan2(sine, cosine)
        // Flagged where size · cos(angle - centre) >= level.
        let reach = level <= -size ? Double.pi : level >= size ? 0 : acos(level / size)
        let flagged = [-2, 0, 2].reduce(0.0) { sum, turns in
            let middle = centre + turns * Double.pi
            return sum + max(0, min(arc.upperBound, middle + reach) - max(arc.lowerBound, middle - reach))
        }
        let share = flagged / (arc.upperBound - arc.lowerBound)
        return kind == .falsePositives ? share : 1 - share
    }

    /// The same of any head, at 500 points: to a five-hundredth for each crossing.
    private func wrongShareOfPoints(_ head: Head, _ kind: Objective.ErrorKind, _ arc: ClosedRange<Double>) -> Double {
        let angles = (0..<500).map { angle(at: (Double($0) + 0.5) / 500, arc) }
        let scores = head.scores(
            embeddings: Matrix(angles.map { [Float(cos($0)), Float(sin($0))] }),
            baseScores: angles.map(Self.baseScore))
        return Double(scores.count { half.flags($0) == (kind == .falsePositives) }) / 500
    }

    private func flags(_ head: Head, _ angle: Double) -> Bool {
        let embeddings = Matrix([[Float(cos(angle)), Float(sin(angle))]])
        return half.flags(head.scores(embeddings: embeddings, baseScores: [Self.baseScore(angle)])[0])
    }
}
