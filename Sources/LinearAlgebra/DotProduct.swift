/// The dot product of two vectors of one length, summed in `Double` in a fixed order: eight running sums, added up from
/// the first to the last, then the elements that do not fill eight.
///
/// Products of two `Float`s are exact in `Double`, and Swift never fuses a product and a sum by itself, so the bits are
/// the same on any CPU, and a row's score is the same alone and in any batch.
public func dotProduct(_ left: ArraySlice<Float>, _ right: [Float]) -> Double {
    precondition(left.count == right.count, "a vector of \(left.count) elements times one of \(right.count)")
    return left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in dotProduct(left, right) }
    }
}

/// The dot product of a vector with itself, summed like `dotProduct`.
public func squaredNorm(_ vector: ArraySlice<Float>) -> Double {
    vector.withUnsafeBufferPointer { dotProduct($0, $0) }
}

private func dotProduct(_ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>) -> Double {
    var sums = SIMD8<Double>.zero
    let whole = left.count & ~7
    for start in stride(from: 0, to: whole, by: 8) {
        sums += wide(left, at: start) * wide(right, at: start)
    }
    var total = 0.0
    for lane in 0..<8 { total += sums[lane] }
    for index in whole..<left.count { total += Double(left[index]) * Double(right[index]) }
    return total
}

private func wide(_ values: UnsafeBufferPointer<Float>, at start: Int) -> SIMD8<Double> {
    let bytes = UnsafeRawBufferPointer(values)
    let narrow = bytes.loadUnaligned(fromByteOffset: start * MemoryLayout<Float>.stride, as: SIMD8<Float>.self)
    return SIMD8<Double>(narrow)
}
