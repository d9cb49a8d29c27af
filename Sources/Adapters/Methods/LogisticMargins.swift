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
        self.init(intercept: intercept, slopes: slopes, curvatures: curvatures)
    }

    private init(intercept: Double, slopes: [Double], curvatures: [Double]) {
        self.intercept = intercept
        self.slopes = slopes
        self.curvatures = curvatures
        totalSlope = slopes.reduce(0, +)
        totalCurvature = curvatures.reduce(0, +)
    }

    /// How far Newton's method would move the intercept.
    private var newtonChange: Double { -totalSlope / totalCurvature }

    /// The same function with the intercept of least loss, at which the slopes sum to 0: Newton's method, and bisection
    /// where it would leave the interval that is known to hold the root.
    func balanced(_ loss: LogisticLoss, function: [Double]) -> LogisticMargins {
        var margins = self
        if abs(newtonChange) > Self.smallChange {
            var (lower, upper) = loss.interceptBounds(function)
            for _ in 0..<200 where abs(margins.newtonChange) > Self.smallChange {
                if margins.totalSlope > 0 { upper = margins.intercept } else { lower = margins.intercept }
                let newton = margins.intercept + margins.newtonChange
                let next = newton > lower && newton < upper ? newton : (lower + upper) / 2
                margins = LogisticMargins(loss, function: function, intercept: next)
            }
        }
        return margins.movedByNewton()
    }

    /// A change of the intercept so small that its square is below what slopes are needed to: they follow linearly.
    private static let smallChange = 1e-6

    private func movedByNewton() -> LogisticMargins {
        var slopes = slopes
        slopes.add(newtonChange, times: curvatures)
        return LogisticMargins(intercept: intercept + newtonChange, slopes: slopes, curvatures: curvatures)
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
