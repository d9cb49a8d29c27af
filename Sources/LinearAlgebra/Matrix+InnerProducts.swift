/// Inner products in a fixed order, for scores that must have the same bits alone and in any batch.
extension Matrix {
    /// A·Bᵀ, row after row, `rows * other.rows` elements; each is a function of its two rows alone, bit for bit.
    ///
    /// Products are of `Float`; 256 at a time are summed in `Float`, and those sums in `Double`. For rows of length 1 the
    /// error is some 1e-8, a few units of the last place of `Float`.
    public func innerProducts(with other: Matrix) -> [Double] {
        precondition(columns == other.columns, "\(columns) columns times \(other.columns) columns transposed")
        var products = [Double](repeating: 0, count: rows * other.rows)
        products.withUnsafeMutableBufferPointer { products in
            storage.withUnsafeBytes { left in
                other.storage.withUnsafeBytes { right in
                    // So many rows of `other` stay in the second-level cache while all rows pass by.
                    for start in stride(from: 0, to: other.rows, by: 32) {
                        for row in 0..<rows {
                            for column in start..<min(start + 32, other.rows) {
                                products[row * other.rows + column] = product(
                                    left, from: row * columns, right, from: column * columns, count: columns)
                            }
                        }
                    }
                }
            }
        }
        return products
    }
}

/// The inner product of `count` floats of `left` from element `leftStart` on and as many of `right`.
@inline(__always)
private func product(
    _ left: UnsafeRawBufferPointer, from leftStart: Int, _ right: UnsafeRawBufferPointer, from rightStart: Int,
    count: Int
) -> Double {
    var wideSums = SIMD16<Double>.zero
    let whole = count & ~15
    var tile = 0
    while tile < whole {
        let end = min(tile + 256, whole)
        var sums = SIMD16<Float>.zero
        for index in stride(from: tile, to: end, by: 16) {
            sums +=
                left.loadUnaligned(fromByteOffset: (leftStart + index) * 4, as: SIMD16<Float>.self)
                * right.loadUnaligned(fromByteOffset: (rightStart + index) * 4, as: SIMD16<Float>.self)
        }
        wideSums += SIMD16<Double>(sums)
        tile = end
    }
    var total = 0.0
    for lane in 0..<16 { total += wideSums[lane] }
    for index in whole..<count {
        total +=
            Double(left.loadUnaligned(fromByteOffset: (leftStart + index) * 4, as: Float.self))
            * Double(right.loadUnaligned(fromByteOffset: (rightStart + index) * 4, as: Float.self))
    }
    return total
}
