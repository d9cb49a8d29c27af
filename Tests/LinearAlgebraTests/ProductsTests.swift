import LinearAlgebra
import TestSupport
import Testing

@Suite("Products")
struct ProductsTests {
    struct Operands: Encodable {
        let a: [[Double]]
        let b: [[Double]]
    }

    /// Rounding of a sum of 37 products below 1 in `Float`: 37 x 2⁻²⁴, with room.
    let tolerance = 1e-5

    @Test("All products agree with NumPy", arguments: [(1, 5), (4, 3), (9, 17)])
    func agreeWithNumPy(rowsOfA: Int, rowsOfB: Int) throws {
        let a = randomMatrix(rows: rowsOfA, columns: 37, seed: 1)
        let b = randomMatrix(rows: rowsOfB, columns: 37, seed: 2)
        let expected: [[Double]] = try Oracle.run(
            """
            import numpy as np
            a, b = np.array(input["a"]), np.array(input["b"])
            answer([(a @ b.T).ravel().tolist(), (a @ b[0]).tolist(), (a.T @ a[:, 0]).tolist(), (a @ a.T).ravel().tolist()])
            """, input: Operands(a: rows(a), b: rows(b)))
        #expect(largestDifference(a.times(transposed: b).storage.map(Double.init), expected[0]) < tolerance)
        #expect(largestDifference(a.gram().storage.map(Double.init), expected[3]) < tolerance)
        // Summed in Double.
        #expect(largestDifference(a.times(b.row(0).map(Double.init)), expected[1]) < 1e-13)
        let firstColumn = (0..<a.rows).map { Double(a[$0, 0]) }
        #expect(largestDifference(a.transposedTimes(firstColumn), expected[2]) < 1e-13)
        let transposedB = Matrix((0..<b.columns).map { column in (0..<b.rows).map { b[$0, column] } })
        #expect(largestDifference(a.times(transposedB).storage.map(Double.init), expected[0]) < tolerance)
        let transposedA = Matrix((0..<a.columns).map { column in (0..<a.rows).map { a[$0, column] } })
        let again = transposedA.transposedTimes(transposedB)
        #expect(largestDifference(again.storage.map(Double.init), expected[0]) < tolerance)
    }

    @Test("Nothing times something is zeros of the right shape")
    func emptyOperands() {
        let noRows = Matrix(rows: 0, columns: 3)
        let noColumns = Matrix(rows: 2, columns: 0)
        #expect(noRows.times(transposed: randomMatrix(rows: 4, columns: 3)) == Matrix(rows: 0, columns: 4))
        #expect(noColumns.times(Matrix(rows: 0, columns: 2)) == Matrix(rows: 2, columns: 2))
        #expect(noRows.transposedTimes([Double]()) == [0, 0, 0])
        #expect(noRows.gram() == Matrix(rows: 0, columns: 0))
    }

    @Test("A dot product has the same bits wherever the row stands", arguments: [0, 1, 7, 8, 9, 64, 1283])
    func dotProductIsAFunctionOfTheRow(count: Int) {
        let vector = randomVector(count, seed: 3)
        let matrix = randomMatrix(rows: 5, columns: count, seed: 4)
        for index in 0..<5 {
            let alone = Array(matrix.row(index))
            #expect(dotProduct(matrix.row(index), vector) == dotProduct(alone[...], vector))
        }
        let exact = zip(matrix.row(0), vector).map { Double($0) * $1 }.reduce(0, +)
        // Two orders of one sum of `count` numbers below 1, in Double.
        #expect(abs(dotProduct(matrix.row(0), vector) - exact) <= 1e-15 * Double(count))
        #expect(squaredNorm(matrix.row(0)) == dotProduct(matrix.row(0), matrix.row(0).map(Double.init)))
    }
}
