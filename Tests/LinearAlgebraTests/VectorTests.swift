import LinearAlgebra
import Testing

@Suite("Vectors")
struct VectorTests {
    /// Lengths around the eight elements that are summed at a time.
    static let counts = [0, 1, 7, 8, 9, 64, 101]

    @Test("Products and sums are those of their elements", arguments: counts)
    func elementwise(count: Int) {
        // Multiples of 1/8 of this size have exact products and sums.
        let left = (0..<count).map { Double($0 * 37 % 29) / 8 - 1 }
        let right = (0..<count).map { Double($0 * 11 % 23) / 8 - 1 }
        #expect(dotProduct(left, right) == zip(left, right).map { $0 * $1 }.reduce(0, +))
        var sum = left
        sum.add(-0.5, times: right)
        #expect(sum == zip(left, right).map { $0 - 0.5 * $1 })
        var scaled = left
        scaled.scale(by: 0.25, adding: right)
        #expect(scaled == zip(left, right).map { 0.25 * $0 + $1 })
    }

    @Test("A centred Gram matrix is the Gram matrix of the centred rows")
    func centredGram() {
        let rows = Matrix([[1, 2, 3], [4, 0, -1], [2, 2, 2], [0, 1, 5]])
        let means = (0..<3).map { column in (0..<4).map { rows[$0, column] }.reduce(0, +) / 4 }
        let centred = Matrix((0..<4).map { row in zip(rows.row(row), means).map { $0 - $1 } })
        let gram = Matrix(SymmetricMatrix(gramOf: rows).centred())
        // Quarters and their products are exact.
        #expect(gram == centred.gram())
    }
}
