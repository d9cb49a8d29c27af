/// Why linear algebra gave no answer.
public enum LinearAlgebraError: Error, Equatable, CustomStringConvertible {
    /// OpenBLAS could not be opened; the loader's words.
    case libraryMissing(reason: String)
    /// OpenBLAS was opened, but does not compute as the kernel policy asks.
    case libraryUnfit(reason: String)
    /// A matrix of `order` that must be positive definite is not; `pivot`, from 0, is the first row that shows it.
    case notPositiveDefinite(pivot: Int, order: Int)
    /// The eigenvalues of a matrix of `order` were not found.
    case noEigenvalues(order: Int)
    /// A minimum was not reached; the last squared decrement says how far off it was.
    case notConverged(iterations: Int, squaredDecrement: Double)

    public var description: String {
        switch self {
        case .libraryMissing(let reason):
            "OpenBLAS could not be loaded (\(reason)): run `make setup`, which installs it"
        case .libraryUnfit(let reason):
            "OpenBLAS does not compute reproducibly here: \(reason)"
        case .notPositiveDefinite(let pivot, let order):
            "a matrix of order \(order) is not positive definite: pivot \(pivot) is not above 0"
        case .noEigenvalues(let order):
            "the eigenvalues of a matrix of order \(order) were not found"
        case .notConverged(let iterations, let squaredDecrement):
            "no minimum after \(iterations) steps: the squared decrement is still \(squaredDecrement)"
        }
    }
}
