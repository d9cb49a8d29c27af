internal import Foundation
internal import LinearAlgebra

/// Where the weighted logistic loss of margins zᵢ + fᵢ + c stands: its derivatives in each of them.
struct LogisticMargins {
    /// The free intercept c.
    let intercept: Double
    /// First derivatives wᵢ (pᵢ - tᵢ).
    let slopes: [Double]
    /// Second derivatives wᵢ pᵢ (1 - pᵢ), kept above 0 where the weight is.
    let curvatures: [Double]
    let totalSlope: Double
    let totalCurvature: Double

    init(_ loss: LogisticLoss, function: [Double], intercept: Double) {
        let (slopes, curvatures) = loss.derivatives(function, intercept: intercept)
        self.intercept = intercept
        self.slopes = slopes
        self.curvatures = curvatures
        totalSlope = slopes.reduce(0, +)
        totalCurvature = curvatures.reduce(0, +)
    }

    /// The same function with the intercept of least loss, at which the slopes sum to 0: Newton's method, and bisection
    /// where it would leave the interval that is known to hold the root.
    func balanced(_ loss: LogisticLoss, function: [Double]) -> LogisticMargins {
        var margins = self
        let exact = 1e-10 * loss.weights.reduce(0, +)
        guard abs(totalSlope) > exact else { return self }
        var (lower, upper) = loss.interceptBounds(function)
        for _ in 0..<200 where abs(margins.totalSlope) > exact {
            if margins.totalSlope > 0 { upper = margins.intercept } else { lower = margins.intercept }
            let newton = margins.intercept - margins.totalSlope / margins.totalCurvature
            let next = newton > lower && newton < upper ? newton : (lower + upper) / 2
            margins = LogisticMargins(loss, function: function, intercept: next)
        }
        return margins
    }
}

extension LogisticLoss {
    /// Intercepts at which the slopes certainly sum to less and to more than 0.
    fileprivate func interceptBounds(_ function: [Double]) -> (lower: Double, upper: Double) {
        // At margins of 40 a probability differs from 0 and 1 by less than rounding.
        let margins = zip(offsets, function).map { $0 + $1 }
        return (-(margins.max() ?? 0) - 40, -(margins.min() ?? 0) + 40)
    }
}
