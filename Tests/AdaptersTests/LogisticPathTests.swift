import LinearAlgebra
import Moderation
import Testing

@testable import Adapters

@Suite("Logistic paths")
struct LogisticPathTests {
    static let strengths = [0.03, 0.3, 3, 30]

    /// Two labels of the same images.
    static func labels(count: Int = 80, dimensions: Int = 30) -> [Rows<Training>] {
        let rows = sampleRows(count: count, dimensions: dimensions)
        let other = Rows(
            label: Label(path: ["Drugs"]), images: rows.images, baseScores: rows.baseScores.map { -$0 / 2 },
            truth: rows.truth.indices.map { $0 % 4 == 1 })
        return [rows, other]
    }

    private static func functions(
        of labels: [Rows<Training>], strengths: [Double] = strengths
    ) throws -> [[[[Double]]]] {
        let regressions = try labels.map {
            AnchoredLogisticRegression($0, folds: try GroupedFolds($0, seed: Seed(1)).folds)
        }
        return try AnchoredLogisticRegression.minima(of: regressions, strengths: strengths).map { folds in
            folds.map { path in path.map { minimum in minimum.function.map { $0 + minimum.intercept } } }
        }
    }

    /// A tenth of a thousandth of the coefficients' length is what each minimum is certified to; scores follow it.
    static let agreement = 2e-4

    @Test("Repeated, the bits are the same")
    func repeats() throws {
        #expect(try Self.functions(of: Self.labels()) == Self.functions(of: Self.labels()))
    }

    @Test("A label has the same minima alone, beside another, and in any order")
    func order() throws {
        let labels = Self.labels()
        let together = try Self.functions(of: labels)
        let turned = try Self.functions(of: labels.reversed())
        for (place, rows) in labels.enumerated() {
            let alone = try Self.functions(of: [rows])[0]
            for fold in alone.indices {
                for strength in Self.strengths.indices {
                    let expected = alone[fold][strength]
                    #expect(relativeDifference(together[place][fold][strength], expected) < Self.agreement)
                    #expect(relativeDifference(turned[1 - place][fold][strength], expected) < Self.agreement)
                }
            }
        }
    }

    @Test("A minimum does not depend on the strengths before it", arguments: strengths)
    func path(strength: Double) throws {
        let place = try #require(Self.strengths.firstIndex(of: strength))
        let along = try Self.functions(of: Self.labels())
        let alone = try Self.functions(of: Self.labels(), strengths: [strength])
        for (along, alone) in zip(along.joined(), alone.joined()) {
            #expect(relativeDifference(along[place], alone[0]) < Self.agreement)
        }
    }

    @Test("Unevenly spaced and nearly equal strengths lead nowhere else")
    func unevenStrengths() throws {
        let uneven = [1e-6, 0.299999, 0.3, 1e5, 1e6]
        let along = try Self.functions(of: Self.labels(), strengths: uneven)
        let alone = try Self.functions(of: Self.labels(), strengths: [0.3])
        for (along, alone) in zip(along.joined(), alone.joined()) {
            #expect(relativeDifference(along[2], alone[0]) < Self.agreement)
        }
    }

    @Test("A head does not depend on where the search for it starts", arguments: [(80, 30), (200, 5)])
    func start(count: Int, dimensions: Int) throws {
        let rows = Self.labels(count: count, dimensions: dimensions)[1]
        let regression = AnchoredLogisticRegression(rows, folds: try GroupedFolds(rows, seed: Seed(1)).folds)
        let minima = try AnchoredLogisticRegression.minima(of: [regression], strengths: [1, 100])[0]
        for start in minima.joined() {
            let (one, other) = (try regression.head(strength: 3), try regression.head(strength: 3, from: start))
            // Either is certified to 1e-5 of the coefficients' length.
            #expect(relativeDifference(one.weights.map(Double.init), other.weights.map(Double.init)) < 2e-5)
            #expect(abs(one.intercept - other.intercept) < 1e-4)
        }
    }

    @Test("Classes that can be told apart end in a minimum, however weak the penalty")
    func separable() throws {
        let rows = sampleRows(count: 60, dimensions: 80)
        let regression = AnchoredLogisticRegression(rows, folds: try GroupedFolds(rows, seed: Seed(1)).folds)
        #expect(try AnchoredLogisticRegression.minima(of: [regression], strengths: [1e6])[0].count == 5)
        let scores = try Head.linear(try regression.head(strength: 1e6)).scores(rows)
        #expect(zip(scores, rows.truth).allSatisfy { half.flags($0) == $1 })
    }

    @Test("Slopes sum to 0 at the best intercept, whatever the margins", arguments: [1, 100, 1e5])
    func intercept(size: Double) {
        var stream = RandomStream(Seed(3).derive("margins"))
        let offsets = (0..<50).map { _ in size * (stream.unit() - 0.5) }
        let loss = LogisticLoss(
            offsets: offsets, targets: (0..<50).map { $0 % 7 == 0 ? 1 : 0 },
            weights: (0..<50).map { 1 + Double($0 % 3) })
        let zeros = [Double](repeating: 0, count: 50)
        for start in [-1e4, 0, 3] {
            let margins = LogisticMargins(loss, function: zeros, intercept: start).balanced(loss, function: zeros)
            let total = margins.slopes.map { abs($0) }.reduce(0, +)
            // Slopes follow the last move of the intercept to its square; sums round.
            #expect(abs(margins.slopes.reduce(0, +)) < 1e-10 * max(total, 1))
        }
    }
}
