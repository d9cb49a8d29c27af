/// Operations on vectors of `Double`, each element by itself: no order of summation, so the same bits on any CPU.
extension [Double] {
    /// Adds `factor` times `vector`.
    public mutating func add(_ factor: Double, times vector: [Double]) {
        precondition(vector.count == count, "\(vector.count) elements added to \(count)")
        withUnsafeMutableBufferPointer { elements in
            vector.withUnsafeBufferPointer { vector in
                for index in elements.indices { elements[index] += factor * vector[index] }
            }
        }
    }

    /// Becomes `factor` times itself plus `vector`.
    public mutating func scale(by factor: Double, adding vector: [Double]) {
        precondition(vector.count == count, "\(vector.count) elements added to \(count)")
        withUnsafeMutableBufferPointer { elements in
            vector.withUnsafeBufferPointer { vector in
                for index in elements.indices { elements[index] = factor * elements[index] + vector[index] }
            }
        }
    }
}
