/// Products of `Float` rows with `Double` vectors, summed in `Double`: what solving needs where a copy of the matrix in
/// `Double` would not fit.
extension Matrix {
    /// A·x: `rows` elements.
    public func times(_ vector: [Double]) -> [Double] {
        precondition(vector.count == columns, "\(columns) columns times \(vector.count) elements")
        return (0..<rows).map { dotProduct(row($0), vector) }
    }

    /// Aᵀ·x: `columns` elements, summed from the first row to the last.
    public func transposedTimes(_ vector: [Double]) -> [Double] {
        precondition(vector.count == rows, "\(rows) rows transposed times \(vector.count) elements")
        var sums = [Double](repeating: 0, count: columns)
        sums.withUnsafeMutableBufferPointer { sums in
            storage.withUnsafeBufferPointer { storage in
                for row in 0..<rows {
                    let factor = vector[row]
                    let start = row * columns
                    for column in 0..<columns { sums[column] += factor * Double(storage[start + column]) }
                }
            }
        }
        return sums
    }
}
