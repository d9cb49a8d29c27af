internal import COpenBLAS

/// The form A = Q·T·Qᵀ of a symmetric matrix, with Q orthogonal and T tridiagonal (Householder 1958; Golub and Van Loan 2013,
/// "Matrix Computations", 8.3.1), from which systems in A + shift are solved for any number of shifts.
///
/// Eldén (1977, "Algorithms for the regularization of ill-conditioned least squares problems") solves a path of ridge
/// regressions so: the form costs 8/3·n³ operations, once, and every shift after it n² and not n³, as it leaves Q alone.
/// The eigenvalues would do the same for three times the work.
public struct TridiagonalForm: Sendable {
    /// Order of the matrix.
    public let order: Int
    /// Qᵀ, row-major.
    let basis: [Double]
    /// The diagonal of T.
    let diagonal: [Double]
    /// The elements of T beside its diagonal, one fewer.
    let beside: [Double]

    /// The form of `matrix`.
    public init(of matrix: consuming SymmetricMatrix) {
        let order = matrix.order
        var elements = matrix.releaseLower()
        var diagonal = [Double](repeating: 0, count: order)
        var beside = [Double](repeating: 0, count: max(order - 1, 0))
        if order > 0 {
            Kernels.require()
            var scales = beside
            // LAPACK reflects 32 columns together.
            var work = [Double](repeating: 0, count: 32 * order)
            let size = Int32(work.count)
            moderato_dsytrd(Int32(order), &elements, &diagonal, &beside, &scales, &work, size)
            moderato_dorgtr(Int32(order), &elements, scales, &work, size)
        }
        self.order = order
        self.basis = elements
        self.diagonal = diagonal
        self.beside = beside
    }

    /// Qᵀ·x for each x of `vectors`: what they are in the coordinates of T.
    public func coordinates(of vectors: [[Double]]) -> [[Double]] {
        products(with: vectors, transposingBasis: false)
    }

    /// Q·y for each y of `coordinates`: the vectors again.
    public func vectors(at coordinates: [[Double]]) -> [[Double]] {
        products(with: coordinates, transposingBasis: true)
    }

    /// Products of Qᵀ or Q with vectors, so many at a time that reading the matrix does not cost more than multiplying.
    ///
    /// The last vectors are made up to the full number with zeros: products are then all of one shape, and the bits of
    /// one do not depend on how many others there are.
    private func products(with vectors: [[Double]], transposingBasis: Bool) -> [[Double]] {
        precondition(
            vectors.allSatisfy { $0.count == order }, "vectors of \(vectors.map(\.count)) for a form of order \(order)")
        guard order > 0 else { return vectors }
        Kernels.require()
        let together = 8
        var products: [[Double]] = []
        var panel = [Double](repeating: 0, count: order * together)
        var product = panel
        for start in stride(from: 0, to: vectors.count, by: together) {
            for column in 0..<together {
                let vector = start + column < vectors.count ? vectors[start + column] : nil
                for row in 0..<order { panel[row * together + column] = vector?[row] ?? 0 }
            }
            moderato_dgemm(
                transposingBasis, false, Int32(order), Int32(together), Int32(order), basis, Int32(order), panel,
                Int32(together), &product, Int32(together))
            for column in 0..<min(together, vectors.count - start) {
                products.append((0..<order).map { product[$0 * together + column] })
            }
        }
        return products
    }
}
