import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

@Suite("Platt")
struct PlattTests {
    struct Line: Decodable {
        let slope: Double
        let intercept: Double
        let sklearn: [Double]
    }

    static let script =
        OracleRows.prelude + """
            from scipy.optimize import minimize
            from scipy.special import expit
            from sklearn.calibration import _sigmoid_calibration
            t = np.where(y, (y.sum() + 1) / (y.sum() + 2), 1 / ((~y).sum() + 2))
            d = np.stack([z, np.ones(len(z))])
            f = lambda b: (np.logaddexp(0, b @ d) - t * (b @ d)).sum()
            g = lambda b: d @ (expit(b @ d) - t)
            h = lambda b: (d * (expit(b @ d) * expit(-(b @ d)))) @ d.T
            slope, intercept = minimize(f, np.zeros(2), jac=g, hess=h, method="trust-exact", options=dict(gtol=1e-10)).x
            a, b = _sigmoid_calibration(z, y)
            answer(dict(slope=slope, intercept=intercept, sklearn=[-a, -b]))
            """

    @Test("Slope and intercept are SciPy's and scikit-learn's", arguments: [UInt64(1), 2, 3])
    func agreesWithOracles(seed: UInt64) throws {
        let rows = sampleRows(seed: seed)
        let theirs: Line = try Oracle.run(Self.script, input: OracleRows(rows))
        let mine = try Platt.fit(rows)
        // The published objective, minimised to its rounding by both.
        #expect(relativeDifference([mine.slope, mine.intercept], [theirs.slope, theirs.intercept]) < 1e-7)
        // scikit-learn stops L-BFGS at a gradient of about 1e-6 of the number of rows.
        #expect(relativeDifference([mine.slope, mine.intercept], theirs.sklearn) < 1e-3)
    }

    @Test("A base that is upside down is moved, not turned around")
    func upsideDown() throws {
        let rows = sampleRows()
        let line = try Platt.fit(rows.replacing(baseScores: rows.baseScores.map { -$0 }))
        #expect(line.slope == 1)
        #expect(line.intercept.isFinite)
    }

    @Test("A base that separates the classes has a finite slope")
    func separable() throws {
        let rows = sampleRows()
        let line = try Platt.fit(rows.replacing(baseScores: rows.truth.map { $0 ? 1 : -1 }))
        #expect(line.slope > 0 && line.slope.isFinite)
    }
}
