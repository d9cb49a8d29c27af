internal import LinearAlgebra

/// The loss of f = X·β plus ½ Σ pⱼ βⱼ², as a function of the coefficients β: one unknown per column of X.
struct PrimalLogisticLoss: SmoothConvexFunction {
    /// X, `[rows x coefficients]`; an intercept is a column of ones.
    let design: Matrix
    let loss: LogisticLoss
    /// The pⱼ, one per coefficient; 0 for one that is free.
    let penalties: [Double]

    func value(at coefficients: [Double]) -> Double {
        let penalty = zip(penalties, coefficients).map { $0 * $1 * $1 }.reduce(0, +) / 2
        return loss.value(design.times(coefficients)) + penalty
    }

    func newtonStep(at coefficients: [Double]) throws(LinearAlgebraError) -> NewtonStep {
        let (first, second) = loss.derivatives(design.times(coefficients))
        let pull = zip(penalties, coefficients).map { $0 * $1 }
        let gradient = zip(design.transposedTimes(first), pull).map { $0 + $1 }
        let hessian = SymmetricMatrix(sumOfOuterProductsOf: design, weights: second).adding(diagonal: penalties)
        let direction = try CholeskyFactor(of: hessian).solve(gradient).map { -$0 }
        let squaredDecrement = -zip(direction, gradient).map { $0 * $1 }.reduce(0, +)
        return NewtonStep(direction: direction, squaredDecrement: squaredDecrement)
    }
}
