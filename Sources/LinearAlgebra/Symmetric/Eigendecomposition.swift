internal import COpenBLAS

/// The decomposition A = Σ λ_k v_k·v_kᵀ of a symmetric matrix.
public struct Eigendecomposition: Sendable {
    /// The eigenvalues, ascending.
    public let values: [Double]
    /// The eigenvectors, of length 1, in the order of the values; the sign of each is arbitrary.
    public let vectors: [[Double]]

    /// The decomposition of `matrix`, by divide and conquer.
    public init(of matrix: SymmetricMatrix) throws(LinearAlgebraError) {
        let order = matrix.order
        var elements = matrix.lower
        var eigenvalues = [Double](repeating: 0, count: order)
        if order > 0 {
            Kernels.require()
            let code = moderato_dsyevd(Int32(order), &elements, &eigenvalues)
            guard code == 0 else { throw .eigenvaluesNotFound(order: order, code: Int(code)) }
        }
        values = eigenvalues
        vectors = (0..<order).map { Array(elements[$0 * order..<($0 + 1) * order]) }
    }
}
