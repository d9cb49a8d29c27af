internal import LinearAlgebra

/// A minimum of an anchored logistic regression, computed again in `Double` from its α.
struct LogisticFit {
    /// One per feature, then the base score's.
    let coefficients: [Double]
    /// The intercept beside features and base scores that are not centred.
    let intercept: Double
    let minimum: LogisticMinimum
    /// The length of the gradient in the coefficients, as a share of theirs.
    let gradientRatio: Double

    /// The fit of `approximate` to rows of `features` and of the base scores that `loss` has as offsets.
    init(_ approximate: LogisticMinimum, features: Matrix, loss: LogisticLoss) {
        let base = loss.offsets.centred()
        let alpha = approximate.alpha
        let weights = features.transposedTimes(alpha)
        let baseWeight = dotProduct(base, alpha)
        let moved = features.times(weights)
        var function = moved.centred()
        function.add(baseWeight, times: base)
        let margins = LogisticMargins(loss, function: function, intercept: approximate.intercept)
            .balanced(loss, function: function)

        var residual = alpha
        residual.add(1, times: margins.slopes)
        let gradient = features.transposedTimes(residual) + [dotProduct(base, residual)]
        coefficients = weights + [baseWeight]
        let squaredNorm = dotProduct(coefficients, coefficients)
        let squaredGradient = dotProduct(gradient, gradient)
        gradientRatio = squaredGradient > 0 ? (squaredGradient / squaredNorm).squareRoot() : 0
        intercept = margins.intercept - moved.mean - baseWeight * loss.offsets.mean
        minimum = LogisticMinimum(alpha: alpha, function: function, intercept: margins.intercept)
    }
}
