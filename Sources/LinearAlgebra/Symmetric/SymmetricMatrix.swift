internal import COpenBLAS

/// A symmetric matrix of `Double` for the small systems that a head is solved from.
///
/// `Double`, because those systems are near to singular by their nature: with the features scaled to length 10 the
/// largest eigenvalue of 1,500 rows is about 10⁵ times the penalty, more than `Float` resolves.
public struct SymmetricMatrix: Sendable {
    /// Number of rows, and of columns.
    public let order: Int
    /// Row-major; only the lower triangle is kept up.
    var lower: [Double]

    /// A matrix of zeros.
    public init(order: Int) {
        self.order = order
        lower = Array(repeating: 0, count: order * order)
    }

    /// The matrix with `diagonal` and zeros beside it.
    public init(diagonal: [Double]) {
        self.init(order: diagonal.count)
        for index in 0..<order { lower[index * order + index] = diagonal[index] }
    }

    /// The Gram matrix X·Xᵀ of `matrix`, `[rows x rows]`.
    public init(gramOf matrix: Matrix) {
        self.init(order: matrix.rows)
        guard order > 0 && matrix.columns > 0 else { return }
        Kernels.require()
        let wide = matrix.storage.map(Double.init)
        moderato_dsyrk(
            false, Int32(order), Int32(matrix.columns), wide, Int32(matrix.columns), 0, &lower, Int32(order))
    }

    /// The sum Xᵀ·diag(`weights`)·X over the rows of `matrix`, `[columns x columns]`; weights are not negative.
    ///
    /// Rows are taken some thousands at a time, so memory does not grow with their number.
    public init(sumOfOuterProductsOf matrix: Matrix, weights: [Double]) {
        precondition(weights.count == matrix.rows, "\(weights.count) weights for \(matrix.rows) rows")
        self.init(order: matrix.columns)
        guard order > 0 else { return }
        Kernels.require()
        let rowsAtATime = 4096
        for start in stride(from: 0, to: matrix.rows, by: rowsAtATime) {
            let rows = start..<min(start + rowsAtATime, matrix.rows)
            let wide = matrix.scaled(rows: rows) { weights[$0].squareRoot() }
            moderato_dsyrk(true, Int32(order), Int32(rows.count), wide, Int32(order), 1, &lower, Int32(order))
        }
    }

    /// The element at `row`, `column`, which is also the one at `column`, `row`.
    public subscript(row: Int, column: Int) -> Double {
        get { lower[max(row, column) * order + min(row, column)] }
        set { lower[max(row, column) * order + min(row, column)] = newValue }
    }

    /// The elements of the diagonal.
    public var diagonal: [Double] { (0..<order).map { self[$0, $0] } }

    /// The matrix plus a diagonal one.
    public consuming func adding(diagonal: [Double]) -> SymmetricMatrix {
        precondition(diagonal.count == order, "a diagonal of \(diagonal.count) for a matrix of order \(order)")
        for index in 0..<order { lower[index * order + index] += diagonal[index] }
        return self
    }

    /// The matrix S·A·S for the diagonal S of `scales`.
    public consuming func scaled(by scales: [Double]) -> SymmetricMatrix {
        precondition(scales.count == order, "\(scales.count) scales for a matrix of order \(order)")
        let order = order
        lower.withUnsafeMutableBufferPointer { lower in
            for row in 0..<order {
                for column in 0...row { lower[row * order + column] *= scales[row] * scales[column] }
            }
        }
        return self
    }

    /// The rows and columns at `indices`, in that order.
    public func selecting(_ indices: [Int]) -> SymmetricMatrix {
        let isWithin = indices.allSatisfy((0..<order).contains)
        precondition(isWithin, "indices up to \(indices.max() ?? 0) of a matrix of order \(order)")
        var result = SymmetricMatrix(order: indices.count)
        result.lower.withUnsafeMutableBufferPointer { selected in
            lower.withUnsafeBufferPointer { lower in
                indices.withUnsafeBufferPointer { indices in
                    for (row, source) in indices.enumerated() {
                        let start = row * indices.count
                        for column in 0...row {
                            let other = indices[column]
                            selected[start + column] = lower[max(source, other) * order + min(source, other)]
                        }
                    }
                }
            }
        }
        return result
    }

    /// The elements, given up without a copy.
    consuming func releaseLower() -> [Double] { lower }

    /// A·x.
    public func times(_ vector: [Double]) -> [Double] {
        precondition(vector.count == order, "a matrix of order \(order) times \(vector.count) elements")
        var result = [Double](repeating: 0, count: order)
        guard order > 0 else { return result }
        Kernels.require()
        moderato_dsymv(Int32(order), lower, Int32(order), vector, &result)
        return result
    }
}

extension Matrix {
    /// The elements of `rows` in `Double`, each row times `scale(row)`.
    func scaled(rows: Range<Int>, by scale: (Int) -> Double) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(rows.count * columns)
        for index in rows {
            let factor = scale(index)
            for value in row(index) { result.append(Double(value) * factor) }
        }
        return result
    }
}
