import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

@Suite("Ridge")
struct RidgeTests {
    struct Answer: Decodable {
        let coefficients: [Double]
        let intercept: Double
        let leftOut: [Double]
    }

    /// The answers of scikit-learn for the target 3, one per strength.
    static let script =
        OracleRows.prelude + """
            from sklearn.linear_model import Ridge
            r = np.where(y, 3, -3) * w - np.clip(z, -3, 3)
            def of_strength(s):
                def fit(rows): return Ridge(alpha=1 / s, solver="svd").fit(x[rows], r[rows])
                whole = fit(np.full(len(y), True))
                left_out = np.zeros(len(y))
                for g in np.unique(groups):
                    held = groups == g
                    left_out[held] = r[held] - fit(~held).predict(x[held])
                return dict(coefficients=whole.coef_.tolist(), intercept=whole.intercept_, leftOut=left_out.tolist())
            answer([of_strength(s) for s in input["strengths"]])
            """

    /// Wider than tall, so solved by rows, and taller than wide, so solved by columns.
    static let shapes = [(count: 30, dimensions: 50), (count: 90, dimensions: 20)]

    @Test("Coefficients and left-out errors are scikit-learn's", arguments: shapes)
    func agreesWithScikitLearn(shape: (count: Int, dimensions: Int)) throws {
        let rows = sampleRows(count: shape.count, dimensions: shape.dimensions)
        let isDual = RidgeRegression.isDualCheaper(rows: shape.count, columns: shape.dimensions + 1)
        #expect(isDual == (shape.count < shape.dimensions))
        try expectScikitLearns(rows, strengths: [0.001, 0.1, 10, 1e4, 1e6])
    }

    @Test("Single rows as groups give leave-one-out")
    func leaveOneOut() throws {
        try expectScikitLearns(sampleRows(count: 24, dimensions: 40).replacing(groups: Array(0..<24)), strengths: [1])
    }

    @Test("On real embeddings too", .enabled(if: RealRows.areThere, RealRows.hint))
    func agreesOnRealEmbeddings() throws {
        try expectScikitLearns(try #require(RealRows.rows), strengths: [0.01, 1])
    }

    private func expectScikitLearns(_ rows: Rows<Training>, strengths: [Double]) throws {
        let answers: [Answer] = try Oracle.run(Self.script, input: OracleRows(rows, strengths: strengths))
        let residuals = Ridge.residuals(of: rows, target: 3)
        let solutions = try RidgeRegression(rows).solutions(strengths: strengths, targets: [residuals])
        for (solution, theirs) in zip(solutions, answers) {
            let mine = solution[0]
            // Both solve in Double; the systems' condition (about 10⁶) costs 6 of 16 digits.
            #expect(relativeDifference(mine.coefficients(), theirs.coefficients) < 1e-8)
            #expect(relativeDifference([mine.intercept], [theirs.intercept]) < 1e-8)
            // Against a refit without each group in turn: the closed form is exact.
            #expect(relativeDifference(mine.leftOutErrors, theirs.leftOut) < 1e-8)
        }
    }

    @Test("By rows and by columns are one regression")
    func primalEqualsDual() throws {
        let rows = sampleRows(count: 40, dimensions: 40)
        let groups = try rows.groupedRows()
        let residuals = [2, 3].map { Ridge.residuals(of: rows, target: $0) }
        let regression = DualRegression(gram: rows.featureGram(), groups: groups, hasIntercept: true)
        let dual = try RidgeRegression.dual(regression, rows).solutions(strengths: [0.3], targets: residuals)[0]
        let primal = try PrimalRidge(rows, groups: groups).solutions(strengths: [0.3], targets: residuals)[0]
        for (dual, primal) in zip(dual, primal) {
            // Rounding in Double, times the condition of the systems.
            #expect(relativeDifference(primal.coefficients(), dual.coefficients()) < 1e-9)
            #expect(relativeDifference(primal.leftOutErrors, dual.leftOutErrors) < 1e-9)
        }
    }

    @Test("A strength and a target have the same bits alone, in a list and after other labels", arguments: shapes)
    func strengthsStandAlone(shape: (count: Int, dimensions: Int)) throws {
        let rows = sampleRows(count: shape.count, dimensions: shape.dimensions)
        let other = Rows(
            label: label, images: rows.images, baseScores: rows.baseScores.map { -$0 }, truth: rows.truth.map { !$0 })
        let strengths = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30]
        func candidates(_ rows: Rows<Training>, _ strengths: [Double], _ targets: [Double]) throws -> [Candidate] {
            try Ridge(Recipe(.ridge, ["strength": strengths, "target": targets])).candidates(for: rows, seed: Seed(1))
        }
        _ = try candidates(other, strengths, [3])
        let together = try candidates(rows, strengths, [1, 3, 5])
        for (index, strength) in strengths.enumerated() {
            for (place, target) in [1.0, 3, 5].enumerated() {
                let alone = try candidates(rows.replacing(), [strength], [target])[0]
                let listed = together[index * 3 + place]
                #expect(alone.chosen == listed.chosen && alone.outOfFoldScores == listed.outOfFoldScores)
                #expect(try alone.head() == listed.head())
            }
        }
    }

    @Test("Targets of a rarer class lie further out, and base scores count as far as the target")
    func residuals() {
        let rows = sampleRows(count: 6).replacing(baseScores: [9, -9, 1, 1, 9, -1])
        // Two of six are positive: 6/4 of the target, and 6/8 of its opposite.
        #expect(Ridge.residuals(of: rows, target: 3) == [1.5, 0.75, -3.25, 3.5, -5.25, -1.25])
    }
}
