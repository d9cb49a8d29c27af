import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

@Suite("Logistic")
struct LogisticTests {
    struct Answer: Decodable {
        let coefficients: [Double]
        let intercept: Double
        let functionOfOtherRows: [Double]
    }

    /// SciPy's minima, found in the span of the rows, where they lie: an orthonormal basis keeps the penalty as it is, and
    /// sixty rows of 1,281 columns leave a Hessian of 61².
    static let script =
        OracleRows.prelude + """
            from scipy.optimize import minimize
            from scipy.special import expit
            coordinates, lengths, basis = np.linalg.svd(x, full_matrices=False)
            d = np.hstack([coordinates * lengths, np.ones((len(x), 1))])
            penalty = np.r_[np.ones(len(lengths)), 0]
            def fit(rows, s):
                D, Z, T, W = d[rows], z[rows], y[rows].astype(float), s * w[rows]
                f = lambda b: (W * (np.logaddexp(0, Z + D @ b) - T * (Z + D @ b))).sum() + penalty @ (b * b) / 2
                g = lambda b: D.T @ (W * (expit(Z + D @ b) - T)) + penalty * b
                def h(b):
                    p = expit(Z + D @ b)
                    return (D.T * (W * p * (1 - p))) @ D + np.diag(penalty)
                start = np.zeros(d.shape[1])
                return minimize(f, start, jac=g, hess=h, method="trust-exact", options=dict(gtol=1e-9)).x
            def of_strength(s):
                whole, part = fit(np.arange(len(y)), s), fit(np.arange(len(y)) % 5 != 0, s)
                function = (d @ part).tolist()
                return dict(
                    coefficients=(whole[:-1] @ basis).tolist(), intercept=whole[-1], functionOfOtherRows=function)
            answer([of_strength(s) for s in input["strengths"]])
            """

    /// Wider than tall, whose Gram matrix is kept, and much taller than wide, where it would be larger than the features.
    static let shapes = [(count: 30, dimensions: 50), (count: 90, dimensions: 20)]

    @Test("The minimum is SciPy's, of all rows and of a fold", arguments: shapes)
    func agreesWithSciPy(shape: (count: Int, dimensions: Int)) throws {
        let rows = sampleRows(count: shape.count, dimensions: shape.dimensions)
        let isGram = FeatureKernel.isGramCheaper(rows: shape.count, columns: shape.dimensions)
        #expect(isGram == (shape.count < shape.dimensions))
        try expectSciPys(rows, strengths: [0.01, 1, 100])
    }

    @Test("On real embeddings too", .enabled(if: RealRows.areThere, RealRows.hint))
    func agreesOnRealEmbeddings() throws {
        try expectSciPys(try #require(RealRows.rows), strengths: [0.01, 1, 100])
    }

    private func expectSciPys(_ rows: Rows<Training>, strengths: [Double]) throws {
        let answers: [Answer] = try Oracle.run(Self.script, input: OracleRows(rows, strengths: strengths))
        let fold = (0..<rows.count).filter { $0 % 5 == 0 }
        let regression = AnchoredLogisticRegression(rows, folds: [fold])
        let minima = try AnchoredLogisticRegression.minima(of: [regression], strengths: strengths)[0][0]
        for (index, theirs) in answers.enumerated() {
            let head = try regression.head(strength: strengths[index])
            let coefficients = head.weights.map(Double.init) + [Double(head.baseScale) - 1]
            // A head's gradient is 1e-5 of its coefficients or less, and of the base's scale, a Float, only what differs
            // from 1 is compared.
            #expect(relativeDifference(coefficients, theirs.coefficients) < 1e-5)
            #expect(relativeDifference([Double(head.intercept)], [theirs.intercept]) < 1e-5)
            // Out of fold the gradient is 1e-4 of the coefficients or less.
            let function = minima[index].function.map { $0 + minima[index].intercept }
            #expect(relativeDifference(function, theirs.functionOfOtherRows) < 1e-4)
        }
    }

    @Test("On a base that knows nothing it is scikit-learn's LogisticRegression")
    func agreesWithScikitLearn() throws {
        let rows = sampleRows(count: 40, dimensions: 50).replacing(baseScores: Array(repeating: 0, count: 40))
        let strengths = [0.01, 1]
        let answers: [Answer] = try Oracle.run(
            OracleRows.prelude + """
                from sklearn.linear_model import LogisticRegression
                def of_strength(s):
                    m = LogisticRegression(C=s, tol=1e-10, max_iter=10000, solver="newton-cholesky")
                    m.fit(x, y, sample_weight=w)
                    return dict(coefficients=m.coef_[0].tolist(), intercept=m.intercept_[0], functionOfOtherRows=[])
                answer([of_strength(s) for s in input["strengths"]])
                """, input: OracleRows(rows, strengths: strengths))
        for (strength, theirs) in zip(strengths, answers) {
            let head = try AnchoredLogisticRegression(rows, folds: []).head(strength: strength)
            #expect(relativeDifference(head.weights.map(Double.init) + [0], theirs.coefficients) < 1e-6)
            #expect(head.baseScale == 1)
            #expect(abs(Double(head.intercept) - theirs.intercept) < 1e-6)
        }
    }

    @Test("Base scores of any size end in a minimum", arguments: [Float(50), 1e4])
    func extremeBaseScores(size: Float) throws {
        let rows = sampleRows().replacing(baseScores: (0..<60).map { $0 % 2 == 0 ? size : -size })
        let fit = try Recipe(.logistic).fit(rows, threshold: half, seed: Seed(1))
        #expect(fit.outOfFoldScores.allSatisfy { $0.isFinite })
    }
}
