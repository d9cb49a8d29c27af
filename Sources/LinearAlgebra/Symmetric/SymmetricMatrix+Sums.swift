internal import COpenBLAS

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

    /// Adds Xᵀ·X for the X of `panel`, `[any x order]`.
    public mutating func add(outerProductsOf panel: Panel) {
        precondition(panel.columns == order, "rows of \(panel.columns) elements for a matrix of order \(order)")
        guard order > 0 && panel.rows > 0 else { return }
        Kernels.require()
        moderato_dsyrk(true, Int32(order), Int32(panel.rows), panel.storage, Int32(order), 1, &lower, Int32(order))
    }

    /// A + factor·B for the B of `other`.
    public consuming func adding(_ other: SymmetricMatrix, times factor: Double) -> SymmetricMatrix {
        precondition(other.order == order, "a matrix of order \(other.order) for one of order \(order)")
        let order = order
        lower.withUnsafeMutableBufferPointer { lower in
            other.lower.withUnsafeBufferPointer { other in
                for row in 0..<order {
                    for index in row * order...row * order + row { lower[index] += factor * other[index] }
                }
            }
        }
        return self
    }

    /// The mean of each row.
    public var rowMeans: [Double] {
        times([Double](repeating: 1, count: order)).map { $0 / Double(order) }
    }

    /// H·A·H for the H = I - 1·1ᵀ/n that takes the mean off a vector: rows and columns of mean 0.
    public consuming func centred() -> SymmetricMatrix {
        let means = rowMeans
        let mean = means.reduce(0, +) / Double(max(order, 1))
        let order = order
        lower.withUnsafeMutableBufferPointer { lower in
            for row in 0..<order {
                for column in 0...row { lower[row * order + column] -= means[row] + means[column] - mean }
            }
        }
        return self
    }

    /// The product of row `index` with `vector`.
    public func product(ofRow index: Int, with vector: [Double]) -> Double {
        precondition(vector.count == order, "a row of \(order) elements times \(vector.count)")
        return lower.withUnsafeBufferPointer { lower in
            var sum = 0.0
            for column in 0...index { sum += lower[index * order + column] * vector[column] }
            for row in index + 1..<max(order, index + 1) { sum += lower[row * order + index] * vector[row] }
            return sum
        }
    }

    /// The sum of the squares of all elements, above the diagonal too.
    public var sumOfSquares: Double {
        var sum = 0.0
        lower.withUnsafeBufferPointer { lower in
            for row in 0..<order {
                var half = 0.0
                for column in 0..<row { half += lower[row * order + column] * lower[row * order + column] }
                sum += 2 * half + lower[row * order + row] * lower[row * order + row]
            }
        }
        return sum
    }
}
