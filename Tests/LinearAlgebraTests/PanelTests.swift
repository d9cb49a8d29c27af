import LinearAlgebra
import TestSupport
import Testing

@Suite("Panels and spectra")
struct PanelTests {
    struct Input: Encodable {
        let a: [[Double]]
        let b: [[Double]]
        let c: [[Double]]
        let weights: [[Double]]
    }

    struct Answer: Decodable {
        let product: [[Double]]
        let transposed: [[Double]]
        let inner: [[Double]]
        let forms: [[[Double]]]
        let eigenvalues: [Double]
    }

    private let a = Panel(randomMatrix(rows: 19, columns: 9))
    private let b = Panel(randomMatrix(rows: 9, columns: 4, seed: 3))
    private let c = Panel(randomMatrix(rows: 19, columns: 2, seed: 4))
    private let weights = Panel(randomMatrix(rows: 3, columns: 9, seed: 5))

    @Test("Products, forms and eigenvalues are NumPy's")
    func agreesWithNumPy() throws {
        let theirs: Answer = try Oracle.run(
            """
            import numpy as np
            a, b, c, weights = (np.array(input[k]) for k in ("a", "b", "c", "weights"))
            forms = [a[4:7] @ np.diag(w) @ a[4:7].T for w in weights]
            answer(dict(product=(a @ b).tolist(), transposed=(a.T @ c).tolist(), inner=(a @ weights.T).tolist(),
                        forms=[f.tolist() for f in forms], eigenvalues=np.linalg.eigvalsh(a.T @ a).tolist()))
            """, input: Input(a: lists(a), b: lists(b), c: lists(c), weights: lists(weights)))
        // Double's rounding of sums of up to 19 products.
        let tolerance = 1e-14
        #expect(largestDifference(a.times(b).storage, theirs.product.flatMap { $0 }) < tolerance)
        #expect(largestDifference(a.transposedTimes(c).storage, theirs.transposed.flatMap { $0 }) < tolerance)
        #expect(largestDifference(a.times(transposed: weights).storage, theirs.inner.flatMap { $0 }) < tolerance)
        #expect(largestDifference(a.innerProducts(with: weights).storage, theirs.inner.flatMap { $0 }) < tolerance)
        var sums = [Double](repeating: 0, count: 9)
        a.addTransposedTimes(c.column(1), to: &sums)
        #expect(largestDifference(sums, theirs.transposed.map { $0[1] }) < tolerance)
        for (mine, theirs) in zip(a.forms(of: 4..<7, weights: weights), theirs.forms) {
            #expect(largestDifference(rows(mine).flatMap { $0 }, theirs.flatMap { $0 }) < tolerance)
        }

        var moments = SymmetricMatrix(order: 9)
        moments.add(outerProductsOf: a)
        let spectrum = try Spectrum(of: moments)
        // Rounding, times the largest eigenvalue, about 15.
        #expect(largestDifference(spectrum.values, theirs.eigenvalues) < 1e-13)
        let rotated = spectrum.vectors.times(
            Panel(rows: 9, columns: rows(moments))
        ).times(transposed: spectrum.vectors)
        let diagonal = SymmetricMatrix(diagonal: theirs.eigenvalues)
        #expect(largestDifference(rotated.storage, rows(diagonal).flatMap { $0 }) < 1e-13)
    }

    @Test("Inner products have the same bits alone and beside others")
    func innerProductsStandAlone() {
        let together = a.innerProducts(with: weights)
        for row in 0..<a.rows {
            for column in 0..<weights.rows {
                let alone = a.selecting(rows: row..<row + 1).innerProducts(
                    with: weights.selecting(rows: column..<column + 1))
                #expect(alone.storage == [together[row, column]])
            }
        }
    }

    @Test("Rows about an origin")
    func aboutOrigin() {
        let panel = Panel(Matrix([[1, 2], [3, 5]]), about: [1, 4])
        #expect(panel == Panel(rows: 2, columns: [[0, 2], [-2, 1]]))
        #expect(panel.adding(outerProductOf: [1, 2], [3, 4]).storage == [3, 2, 8, 9])
    }

    private func lists(_ panel: Panel) -> [[Double]] {
        (0..<panel.rows).map { row in (0..<panel.columns).map { panel[row, $0] } }
    }
}
