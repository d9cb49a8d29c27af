extension SymmetricMatrix {
    /// J·A·J for the J that takes the mean from a vector, all elements, rounded to `Float` at the end: of a Gram matrix the
    /// one of the rows less their mean.
    public func centred() -> Matrix {
        let means = self.means
        let total = means.reduce(0, +) / Double(max(order, 1))
        var result = Matrix(rows: order, columns: order)
        result.storage.withUnsafeMutableBufferPointer { result in
            lower.withUnsafeBufferPointer { lower in
                for row in 0..<order {
                    for column in 0...row {
                        let value = Float(lower[row * order + column] - means[row] - means[column] + total)
                        result[row * order + column] = value
                        result[column * order + row] = value
                    }
                }
            }
        }
        return result
    }

    /// The mean of each row.
    private var means: [Double] {
        times([Double](repeating: 1 / Double(max(order, 1)), count: order))
    }
}
