import LinearAlgebra

/// A `[rows x columns]` matrix of numbers between -1 and 1.
func randomMatrix(rows: Int, columns: Int, seed: UInt64 = 1) -> Matrix {
    var stream = RandomStream(Seed(seed).derive("matrix"))
    let storage = (0..<rows * columns).map { _ in Float(2 * stream.unit() - 1) }
    return Matrix(rows: rows, columns: columns, storage: storage)
}

/// Numbers between -1 and 1.
func randomVector(_ count: Int, seed: UInt64 = 2) -> [Double] {
    randomMatrix(rows: 1, columns: count, seed: seed).storage.map(Double.init)
}

/// The rows of a matrix, for an oracle: in `Double`, whose decimals an oracle reads back without rounding.
func rows(_ matrix: Matrix) -> [[Double]] {
    (0..<matrix.rows).map { matrix.row($0).map(Double.init) }
}

/// The rows of a symmetric matrix, for an oracle.
func rows(_ matrix: SymmetricMatrix) -> [[Double]] {
    (0..<matrix.order).map { row in (0..<matrix.order).map { matrix[row, $0] } }
}

/// The largest difference between elements at the same place.
func largestDifference(_ left: [Double], _ right: [Double]) -> Double {
    guard left.count == right.count else { return .infinity }
    return zip(left, right).map { abs($0 - $1) }.max() ?? 0
}
