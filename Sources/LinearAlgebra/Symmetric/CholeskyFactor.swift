internal import COpenBLAS

/// The factorisation A = L·Lᵀ of a symmetric positive definite matrix, which solves systems in A.
public struct CholeskyFactor: Sendable {
    /// Order of the factorised matrix.
    public let order: Int
    /// L, row-major; above its diagonal stands what nobody reads.
    private let lower: [Double]

    /// The factor of `matrix`; throws `.notPositiveDefinite` with the first pivot that is not positive.
    public init(of matrix: consuming SymmetricMatrix) throws(LinearAlgebraError) {
        let order = matrix.order
        self.order = order
        var factor = matrix.releaseLower()
        if order > 0 {
            Kernels.require()
            let pivot = moderato_dpotrf(Int32(order), &factor)
            // A pivot that is not a number slips through LAPACK's comparison in some kernels.
            let failed = pivot > 0 ? Int(pivot) - 1 : (0..<order).first { !factor[$0 * order + $0].isFinite }
            if let failed { throw .notPositiveDefinite(pivot: failed, order: order) }
        }
        lower = factor
    }

    /// The x of A·x = `right`.
    public func solve(_ right: [Double]) -> [Double] {
        solve(all: [right])[0]
    }

    /// The x of A·x = b for each b of `rightSides`.
    public func solve(all rightSides: [[Double]]) -> [[Double]] {
        precondition(
            rightSides.allSatisfy { $0.count == order },
            "a system of order \(order) with right-hand sides of \(rightSides.map(\.count))")
        guard order > 0 && !rightSides.isEmpty else { return rightSides }
        Kernels.require()
        var solutions = rightSides.flatMap { $0 }
        _ = moderato_dpotrs(Int32(order), Int32(rightSides.count), lower, &solutions)
        return rightSides.indices.map { Array(solutions[$0 * order..<($0 + 1) * order]) }
    }

    /// A⁻¹.
    public func inverse() -> SymmetricMatrix {
        var result = SymmetricMatrix(order: order)
        guard order > 0 else { return result }
        Kernels.require()
        result.lower = lower
        _ = moderato_dpotri(Int32(order), &result.lower)
        return result
    }
}
