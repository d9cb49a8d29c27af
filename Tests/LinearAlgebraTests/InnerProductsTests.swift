import Foundation
import LinearAlgebra
import TestSupport
import Testing

@Suite("Inner products")
struct InnerProductsTests {
    struct Operands: Encodable {
        let a: [[Double]]
        let b: [[Double]]
    }

    @Test("They are NumPy's, whatever fills the tiles", arguments: [1, 15, 16, 37, 256, 531])
    func agreeWithNumPy(columns: Int) throws {
        let (a, b) = (randomMatrix(rows: 3, columns: columns), randomMatrix(rows: 35, columns: columns, seed: 4))
        let expected: [Double] = try Oracle.run(
            "import numpy as np; answer((np.array(input['a']) @ np.array(input['b']).T).ravel().tolist())",
            input: Operands(a: rows(a), b: rows(b)))
        // Sixteen sums of up to sixteen products below 1 are rounded to Float: 16 x 16 x 2⁻²⁴ at the very most.
        #expect(largestDifference(a.innerProducts(with: b), expected) < 1.6e-5)
    }

    @Test("A row has the same bits alone and in any batch, on either side")
    func rowsAreIndependent() {
        let (a, b) = (randomMatrix(rows: 5, columns: 300), randomMatrix(rows: 70, columns: 300, seed: 4))
        let together = a.innerProducts(with: b)
        for row in 0..<a.rows {
            #expect(Array(together[row * 70..<(row + 1) * 70]) == a.selecting(rows: [row]).innerProducts(with: b))
        }
        for column in [0, 31, 32, 69] {
            let alone = a.innerProducts(with: b.selecting(rows: [column]))
            #expect(alone == (0..<a.rows).map { together[$0 * 70 + column] })
        }
    }

    @Test("Sums of symmetric matrices are NumPy's")
    func symmetricSums() throws {
        struct Answer: Decodable {
            let sum: [[Double]]
            let squares: Double
            let row: Double
        }
        let (a, b) = (randomMatrix(rows: 9, columns: 12), randomMatrix(rows: 9, columns: 12, seed: 4))
        let theirs: Answer = try Oracle.run(
            """
            import numpy as np
            a, b = np.array(input["a"]), np.array(input["b"])
            s = np.exp(a @ a.T - 0.5 * (b @ b.T) + 2 * np.outer(a[:, 0], a[:, 0]))
            answer(dict(sum=s.tolist(), squares=(s ** 2).sum(), row=float(s[4] @ b[:, 1])))
            """, input: Operands(a: rows(a), b: rows(b)))
        let firstColumn = (0..<9).map { Double(a[$0, 0]) }
        let sum = SymmetricMatrix(gramOf: a).adding(SymmetricMatrix(gramOf: b), times: -0.5)
            .adding(outerProductOf: firstColumn, times: 2).mapping { exp($0) }
        // Rounding of Double: 2⁻⁵³ times the size of the elements (some hundreds) and their number.
        #expect(largestDifference(rows(sum).flatMap { $0 }, theirs.sum.flatMap { $0 }) < 1e-10)
        #expect(abs(sum.sumOfSquares / theirs.squares - 1) < 1e-12)
        #expect(abs(sum.product(ofRow: 4, with: (0..<9).map { Double(b[$0, 1]) }) - theirs.row) < 1e-10)
    }

    @Test("Columns are divided in their order")
    func dividesColumns() {
        let matrix = Matrix([[1, 2, 3], [4, 5, 6]])
        #expect(matrix.divided(intoColumns: [1, 2]) == [Matrix([[1], [4]]), Matrix([[2, 3], [5, 6]])])
        #expect(matrix.divided(intoColumns: [3]) == [matrix])
    }
}
