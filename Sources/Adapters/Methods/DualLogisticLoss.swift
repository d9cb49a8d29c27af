internal import LinearAlgebra

/// The loss of f = K·α + c plus ½ αᵀ·K·α, as a function of α and, as the last element, c: one unknown per row.
///
/// By the representer theorem the coefficients that minimise the penalised loss of f = X·u + c are u = Xᵀ·α, so with
/// K = X·Xᵀ the minimum is the same as in the primal. The Newton step is that of u and c, written in α (the algorithm 3.1 of
/// Rasmussen and Williams 2006, *Gaussian Processes for Machine Learning*, with a free intercept): B = I + H^½·K·H^½ is
/// factorised, whose eigenvalues are at least 1 whatever the margins.
struct DualLogisticLoss: SmoothConvexFunction {
    /// K, one row and column per training row.
    let gram: SymmetricMatrix
    let loss: LogisticLoss

    func value(at point: [Double]) -> Double {
        let alpha = Array(point.dropLast())
        let spread = gram.times(alpha)
        let penalty = zip(alpha, spread).map { $0 * $1 }.reduce(0, +) / 2
        return loss.value(adding(point[alpha.count], to: spread)) + penalty
    }

    func newtonStep(at point: [Double]) throws(LinearAlgebraError) -> NewtonStep {
        let alpha = Array(point.dropLast())
        let function = adding(point[alpha.count], to: gram.times(alpha))
        let (first, second) = loss.derivatives(function)
        let next = try minimumOfModel(function: function, first: first, second: second)
        let change = zip(next.alpha, alpha).map { $0 - $1 }
        let interceptChange = next.intercept - point[alpha.count]

        let moved = gram.times(change)
        var slope = interceptChange * first.reduce(0, +)
        for row in alpha.indices { slope += (alpha[row] + first[row]) * moved[row] }
        return NewtonStep(direction: change + [interceptChange], squaredDecrement: -slope)
    }

    /// Where the quadratic model around `function` is least: α = (I + H·K)⁻¹·(H·f - ℓ' - c·h), with the c for which α
    /// sums to 0, as the free intercept demands.
    private func minimumOfModel(
        function: [Double], first: [Double], second: [Double]
    ) throws(LinearAlgebraError) -> (alpha: [Double], intercept: Double) {
        let roots = second.map { $0.squareRoot() }
        let ones = [Double](repeating: 1, count: roots.count)
        let factor = try CholeskyFactor(of: gram.scaled(by: roots).adding(diagonal: ones))
        let right = function.indices.map { second[$0] * function[$0] - first[$0] }
        let spread = gram.times(right)
        let solved = factor.solve(all: [function.indices.map { roots[$0] * spread[$0] }, roots])

        let withoutIntercept = right.indices.map { right[$0] - roots[$0] * solved[0][$0] }
        let perIntercept = right.indices.map { roots[$0] * solved[1][$0] }
        let intercept = withoutIntercept.reduce(0, +) / perIntercept.reduce(0, +)
        return (zip(withoutIntercept, perIntercept).map { $0 - intercept * $1 }, intercept)
    }

    private func adding(_ intercept: Double, to values: [Double]) -> [Double] {
        values.map { $0 + intercept }
    }
}
