/// The dot product of two vectors of one length, summed in `Double` in a fixed order: eight running sums, added up from
/// the first to the last, then the elements that do not fill eight.
///
/// Swift never fuses a product and a sum by itself, so the bits are the same on any CPU, and a row's score is the same
/// alone and in any batch.
public func dotProduct(_ left: ArraySlice<Float>, _ right: [Double]) -> Double {
    dotProduct(left, right[...])
}

/// The same for a part of a vector.
public func dotProduct(_ left: ArraySlice<Float>, _ right: ArraySlice<Double>) -> Double {
    precondition(left.count == right.count, "a vector of \(left.count) elements times one of \(right.count)")
    return left.withUnsafeBufferPointer { left in
        right.withUnsafeBytes { right in
            sum(
                count: left.count,
                eight: { wide(left, at: $0) * right.loadUnaligned(fromByteOffset: $0 * 8, as: SIMD8<Double>.self) },
                one: { Double(left[$0]) * right.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self) })
        }
    }
}

/// The same for two vectors of `Double`.
public func dotProduct(_ left: [Double], _ right: [Double]) -> Double {
    dotProduct(left[...], right[...])
}

/// The same for parts of such vectors.
public func dotProduct(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Double {
    precondition(left.count == right.count, "a vector of \(left.count) elements times one of \(right.count)")
    return left.withUnsafeBytes { left in
        right.withUnsafeBytes { right in
            sum(
                count: left.count / 8,
                eight: {
                    left.loadUnaligned(fromByteOffset: $0 * 8, as: SIMD8<Double>.self)
                        * right.loadUnaligned(fromByteOffset: $0 * 8, as: SIMD8<Double>.self)
                },
                one: {
                    left.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self)
                        * right.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self)
                })
        }
    }
}

/// The squared length of a vector, summed like `dotProduct`.
public func squaredNorm(_ vector: ArraySlice<Float>) -> Double {
    vector.withUnsafeBufferPointer { vector in
        sum(
            count: vector.count,
            eight: { start in
                let values = wide(vector, at: start)
                return values * values
            },
            one: { Double(vector[$0]) * Double(vector[$0]) })
    }
}

@inline(__always)
private func sum(count: Int, eight: (Int) -> SIMD8<Double>, one: (Int) -> Double) -> Double {
    var sums = SIMD8<Double>.zero
    let whole = count & ~7
    for start in stride(from: 0, to: whole, by: 8) { sums += eight(start) }
    var total = 0.0
    for lane in 0..<8 { total += sums[lane] }
    for index in whole..<count { total += one(index) }
    return total
}

@inline(__always)
private func wide(_ values: UnsafeBufferPointer<Float>, at start: Int) -> SIMD8<Double> {
    let bytes = UnsafeRawBufferPointer(values)
    return SIMD8<Double>(bytes.loadUnaligned(fromByteOffset: start * 4, as: SIMD8<Float>.self))
}
