internal import COpenBLAS

/// Products in `Float`, by OpenBLAS. A row of a product may differ in its last bits with the number of rows and its place
/// among them: where a row must have the same bits alone and in any batch, use `dotProduct`.
extension Matrix {
    /// A·B: `[rows x other.columns]`.
    public func times(_ other: Matrix) -> Matrix {
        precondition(columns == other.rows, "\(columns) columns times \(other.rows) rows")
        return product(other, transposingSelf: false, transposingOther: false, inner: columns)
    }

    /// A·Bᵀ: `[rows x other.rows]`.
    public func times(transposed other: Matrix) -> Matrix {
        precondition(columns == other.columns, "\(columns) columns times \(other.columns) columns transposed")
        return product(other, transposingSelf: false, transposingOther: true, inner: columns)
    }

    /// Aᵀ·B: `[columns x other.columns]`.
    public func transposedTimes(_ other: Matrix) -> Matrix {
        precondition(rows == other.rows, "\(rows) rows transposed times \(other.rows) rows")
        return product(other, transposingSelf: true, transposingOther: false, inner: rows)
    }

    /// The Gram matrix A·Aᵀ: `[rows x rows]`, exactly symmetric.
    public func gram() -> Matrix {
        var result = Matrix(rows: rows, columns: rows)
        guard rows > 0 && columns > 0 else { return result }
        Kernels.require()
        moderato_ssyrk(false, Int32(rows), Int32(columns), storage, Int32(columns), &result.storage, Int32(rows))
        for row in 0..<rows {
            for column in 0..<row { result[column, row] = result[row, column] }
        }
        return result
    }

    private func product(_ other: Matrix, transposingSelf: Bool, transposingOther: Bool, inner: Int) -> Matrix {
        var result = Matrix(
            rows: transposingSelf ? columns : rows, columns: transposingOther ? other.rows : other.columns)
        guard !result.storage.isEmpty && inner > 0 else { return result }
        Kernels.require()
        moderato_sgemm(
            transposingSelf, transposingOther, Int32(result.rows), Int32(result.columns), Int32(inner),
            storage, Int32(columns), other.storage, Int32(other.columns), &result.storage, Int32(result.columns))
        return result
    }
}
