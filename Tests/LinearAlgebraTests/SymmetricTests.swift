import LinearAlgebra
import TestSupport
import Testing

@Suite("Symmetric systems")
struct SymmetricTests {
    struct System: Encodable {
        let x: [[Double]]
        let weights: [Double]
        let right: [Double]
    }

    struct Solution: Decodable {
        let solved: [Double]
        let inverse: [[Double]]
        let outer: [[Double]]
        let eigenvalues: [Double]
    }

    /// Double's rounding times the condition of these matrices (below 10³), with room.
    let tolerance = 1e-12

    @Test("Solutions, inverse, sums and eigenvalues agree with SciPy", arguments: [1, 2, 30])
    func agreesWithSciPy(order: Int) throws {
        let x = randomMatrix(rows: order, columns: 40)
        let weights = randomVector(order).map { abs($0) }
        let right = randomVector(order, seed: 5)
        let theirs: Solution = try Oracle.run(
            """
            import numpy as np, scipy.linalg as sl
            x, right, weights = (np.array(input[k]) for k in ("x", "right", "weights"))
            a = x @ x.T + np.eye(len(x))
            outer = x.T @ np.diag(weights) @ x
            answer(dict(solved=sl.solve(a, right, assume_a="pos").tolist(), inverse=np.linalg.inv(a).tolist(),
                        outer=outer.tolist(), eigenvalues=np.linalg.eigvalsh(a).tolist()))
            """, input: System(x: rows(x), weights: weights, right: right))

        let matrix = SymmetricMatrix(gramOf: x).adding(diagonal: Array(repeating: 1, count: order))
        let factor = try CholeskyFactor(of: matrix)
        #expect(largestDifference(factor.solve(right), theirs.solved) < tolerance)
        #expect(largestDifference(rows(factor.inverse()).flatMap { $0 }, theirs.inverse.flatMap { $0 }) < tolerance)
        let product = matrix.times(factor.solve(right))
        #expect(largestDifference(product, right) < tolerance)

        let outer = SymmetricMatrix(sumOfOuterProductsOf: x, weights: weights)
        #expect(largestDifference(rows(outer).flatMap { $0 }, theirs.outer.flatMap { $0 }) < tolerance)
    }

    @Test("A matrix that is not positive definite names its pivot")
    func notPositiveDefinite() {
        let indefinite = SymmetricMatrix(diagonal: [1, 2, -3, 4])
        #expect(throws: LinearAlgebraError.notPositiveDefinite(pivot: 2, order: 4)) {
            try CholeskyFactor(of: indefinite)
        }
        #expect(throws: LinearAlgebraError.notPositiveDefinite(pivot: 1, order: 3)) {
            try CholeskyFactor(of: SymmetricMatrix(diagonal: [1, .nan, 1]))
        }
    }

    @Test("Order 0 is a system without unknowns")
    func orderZero() throws {
        let factor = try CholeskyFactor(of: SymmetricMatrix(order: 0))
        #expect(factor.solve([]) == [])
        #expect(factor.inverse().order == 0)
    }

    @Test("Selecting and scaling act on rows and columns alike")
    func selectingAndScaling() {
        let matrix = SymmetricMatrix(gramOf: randomMatrix(rows: 5, columns: 3))
        let selected = matrix.selecting([4, 0, 2])
        #expect(selected[0, 1] == matrix[4, 0] && selected[2, 1] == matrix[0, 2] && selected[2, 2] == matrix[2, 2])
        #expect(selected[1, 1] == matrix[0, 0] && selected[2, 0] == matrix[2, 4])
        let mean = matrix.rowMeans.reduce(0, +) / 5
        // H·A·H is the Gram matrix of rows without their mean; some roundings of Double.
        let centred = matrix.centred()
        #expect(abs(centred[1, 3] - (matrix[1, 3] - matrix.rowMeans[1] - matrix.rowMeans[3] + mean)) < 1e-14)
        #expect(centred.rowMeans.allSatisfy { abs($0) < 1e-15 })
        let scaled = matrix.scaled(by: [1, 2, 3, 4, 5])
        #expect(scaled[1, 3] == matrix[1, 3] * 8)
    }
}
