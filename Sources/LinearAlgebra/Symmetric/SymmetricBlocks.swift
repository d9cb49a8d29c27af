internal import COpenBLAS

/// Symmetric matrices that follow each other along a diagonal: a system of each by itself.
public struct SymmetricBlocks: Sendable {
    /// Order of each block.
    public let sizes: [Int]
    /// Number of rows of all blocks together.
    public let order: Int
    /// Where each block begins among the elements.
    private let starts: [Int]
    /// The blocks, one after the other, each row-major; only the lower triangles are kept up.
    private var elements: [Double]

    /// Blocks of zeros.
    init(sizes: [Int]) {
        self.sizes = sizes
        order = sizes.reduce(0, +)
        var (starts, count) = ([Int](), 0)
        for size in sizes {
            starts.append(count)
            count += size * size
        }
        self.starts = starts
        elements = Array(repeating: 0, count: count)
    }

    /// The block at `index`.
    public subscript(index: Int) -> SymmetricMatrix {
        var block = SymmetricMatrix(order: sizes[index])
        block.lower = Array(elements[starts[index]..<starts[index] + block.lower.count])
        return block
    }

    /// Takes the blocks at `range` from the diagonal of `matrix`.
    mutating func fill(_ range: Range<Int>, from matrix: SymmetricMatrix) {
        var corner = 0
        for index in range {
            for row in 0..<sizes[index] {
                let (target, source) = (starts[index] + row * sizes[index], (corner + row) * matrix.order + corner)
                for column in 0...row { elements[target + column] = matrix.lower[source + column] }
            }
            corner += sizes[index]
        }
    }

    /// The blocks minus those of x·xᵀ for the x of `vector`.
    public consuming func subtracting(outerProductOf vector: [Double]) -> SymmetricBlocks {
        precondition(vector.count == order, "a vector of \(vector.count) elements beside blocks of \(order) rows")
        var corner = 0
        for (start, size) in zip(starts, sizes) {
            for row in 0..<size {
                let target = start + row * size
                for column in 0...row { elements[target + column] -= vector[corner + row] * vector[corner + column] }
            }
            corner += size
        }
        return self
    }

    /// The x of A·x = b for each b of `rightSides`, A having the blocks on its diagonal and zeros elsewhere; throws
    /// `.notPositiveDefinite` with the first pivot that is not positive.
    public consuming func solve(all rightSides: [[Double]]) throws(LinearAlgebraError) -> [[Double]] {
        precondition(
            rightSides.allSatisfy { $0.count == order },
            "blocks of \(order) rows with right-hand sides of \(rightSides.map(\.count))")
        try factorize()
        var solutions = rightSides
        for index in solutions.indices { substitute(&solutions[index]) }
        return solutions
    }

    /// Puts the L of A = L·Lᵀ in the place of each block A.
    private mutating func factorize() throws(LinearAlgebraError) {
        Kernels.require()
        var corner = 0
        for (start, size) in zip(starts, sizes) {
            let failed = elements.withUnsafeMutableBufferPointer { elements in
                SymmetricBlocks.failedPivot(
                    ofFactorizing: UnsafeMutableBufferPointer(rebasing: elements[start..<start + size * size]), size)
            }
            if let failed { throw .notPositiveDefinite(pivot: corner + failed, order: order) }
            corner += size
        }
    }

    /// Factorises one block in place; answers the first pivot that is not positive. Most blocks are of one row, for which
    /// calling LAPACK costs more than the work.
    private static func failedPivot(ofFactorizing block: UnsafeMutableBufferPointer<Double>, _ size: Int) -> Int? {
        guard size > 1, let elements = block.baseAddress else {
            guard let square = block.first else { return nil }
            block[0] = square.squareRoot()
            return square > 0 ? nil : 0
        }
        let pivot = moderato_dpotrf(Int32(size), elements)
        return pivot > 0 ? Int(pivot) - 1 : (0..<size).first { !block[$0 * size + $0].isFinite }
    }

    /// Solves the factorised systems for `right` in place.
    private func substitute(_ right: inout [Double]) {
        elements.withUnsafeBufferPointer { elements in
            right.withUnsafeMutableBufferPointer { right in
                var corner = 0
                for (start, size) in zip(starts, sizes) {
                    if size == 1 {
                        right[corner] /= elements[start] * elements[start]
                    } else if let factor = elements.baseAddress, let part = right.baseAddress {
                        _ = moderato_dpotrs(Int32(size), 1, factor + start, part + corner)
                    }
                    corner += size
                }
            }
        }
    }
}
