internal import LinearAlgebra

/// How a covariance is shrunken towards a multiple of the identity, which makes it invertible.
enum Shrinkage: String, CaseIterable {
    /// As Wang et al. (2024) compute it: S + tr(S)/(N - 1)·I, times (N - 1)/D, which is their Σ⁻¹ = D·((N - 1)·S + tr(S)·I)⁻¹ of
    /// N rows of D dimensions, S being their covariance with N - 1 below (after Kubokawa and Srivastava 2008).
    case kubokawaSrivastava = "kubokawa_srivastava"
    /// Ledoit and Wolf (2004, "A well-conditioned estimator for large-dimensional covariance matrices"): the weighted mean
    /// of S and its mean eigenvalue that is estimated to err least.
    case ledoitWolf = "ledoit_wolf"
}

/// Sums over centred rows, from which their shrunken covariance is made.
struct SharedCovariance {
    /// Σ x·xᵀ of the centred rows.
    let scatter: SymmetricMatrix
    /// Σ ‖x‖⁴ of the centred rows.
    let fourthMoment: Double
    /// Number of rows.
    let count: Int

    /// What no variance goes below, so that rows which are all alike have an inverse too; real ones lie around 1e-4.
    private static let floor = 1e-9

    /// The factor of the shrunken covariance.
    func factor(_ shrinkage: Shrinkage) throws(LinearAlgebraError) -> CholeskyFactor {
        let dimensions = Double(scatter.order)
        let trace = scatter.diagonal.reduce(0, +)
        let (share, ridge) =
            switch shrinkage {
            case .kubokawaSrivastava: (1 / dimensions, trace / Double(max(count - 1, 1)) / dimensions)
            case .ledoitWolf: ledoitWolf(trace: trace / Double(count), dimensions: dimensions)
            }
        let identity = [Double](repeating: max(ridge, SharedCovariance.floor), count: scatter.order)
        return try CholeskyFactor(of: scatter.mapping { share * $0 }.adding(diagonal: identity))
    }

    /// The factors of the scatter and of the identity: formulas as scikit-learn's `ledoit_wolf_shrinkage`.
    private func ledoitWolf(trace: Double, dimensions: Double) -> (share: Double, ridge: Double) {
        let rows = Double(count)
        let mean = trace / dimensions
        let squares = scatter.sumOfSquares / (rows * rows)
        let distance = (squares - 2 * mean * trace + dimensions * mean * mean) / dimensions
        let error = min((fourthMoment / rows - squares) / (dimensions * rows), distance)
        let weight = error > 0 ? error / distance : 0
        return ((1 - weight) / rows, weight * mean)
    }
}
