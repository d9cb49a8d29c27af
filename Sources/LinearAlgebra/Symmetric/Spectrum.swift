internal import COpenBLAS

/// The eigendecomposition A = Vᵀ·diag(λ)·V of a symmetric matrix, which solves systems in A plus any multiple of the
/// identity at the price of a product.
public struct Spectrum: Sendable {
    /// The eigenvalues λ, ascending.
    public let values: [Double]
    /// V, `[order x order]`: one eigenvector of length 1 a row.
    public let vectors: Panel

    /// The decomposition of `matrix`; throws `.noEigenvalues` where LAPACK does not find it.
    public init(of matrix: consuming SymmetricMatrix) throws(LinearAlgebraError) {
        let order = matrix.order
        var vectors = matrix.releaseLower()
        var values = [Double](repeating: 0, count: order)
        if order > 0 {
            Kernels.require()
            guard moderato_dsyevd(Int32(order), &vectors, &values) == 0, values.allSatisfy(\.isFinite) else {
                throw .noEigenvalues(order: order)
            }
        }
        self.values = values
        self.vectors = Panel(rows: order, columns: order, storage: vectors)
    }
}
