extension Matrix {
    /// All elements of `symmetric`, above the diagonal too, rounded to `Float`.
    public init(_ symmetric: SymmetricMatrix) {
        let order = symmetric.order
        self.init(rows: order, columns: order)
        storage.withUnsafeMutableBufferPointer { result in
            symmetric.lower.withUnsafeBufferPointer { lower in
                for row in 0..<order {
                    for column in 0...row {
                        let value = Float(lower[row * order + column])
                        result[row * order + column] = value
                        result[column * order + row] = value
                    }
                }
            }
        }
    }
}
