/// Sums of symmetric matrices, and functions of their elements.
extension SymmetricMatrix {
    /// The matrix with every element replaced by what `function` makes of it.
    public consuming func mapping(_ function: (Double) -> Double) -> SymmetricMatrix {
        let order = order
        lower.withUnsafeMutableBufferPointer { lower in
            for row in 0..<order {
                for index in row * order...row * order + row { lower[index] = function(lower[index]) }
            }
        }
        return self
    }

    /// A + factor·x·xᵀ for the x of `vector`.
    public consuming func adding(outerProductOf vector: [Double], times factor: Double) -> SymmetricMatrix {
        precondition(vector.count == order, "a vector of \(vector.count) elements for a matrix of order \(order)")
        let order = order
        lower.withUnsafeMutableBufferPointer { lower in
            for row in 0..<order {
                let scale = factor * vector[row]
                for column in 0...row { lower[row * order + column] += scale * vector[column] }
            }
        }
        return self
    }
}
