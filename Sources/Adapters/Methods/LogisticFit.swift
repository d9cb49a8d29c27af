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
    /// Minus the slopes of the losses: what α is at the minimum.
    let fixedPoint: [Double]

    /// The fit of coefficients from `alpha` to rows of `features` and of the base scores that `loss` has as offsets, the
    /// intercept sought from `intercept`.
    init(alpha: [Double], intercept guess: Double, features: Matrix, loss: LogisticLoss) {
        let base = loss.offsets.centred()
        let weights = features.transposedTimes(alpha)
        let baseWeight = dotProduct(base, alpha)
        let moved = features.times(weights)
        var function = moved.centred()
        function.add(baseWeight, times: base)
        let margins = LogisticMargins(loss, function: function, intercept: guess)
            .balanced(loss, function: function)

        var residual = alpha
        residual.add(1, times: margins.slopes)
        let gradient = features.transposedTimes(residual) + [dotProduct(base, residual)]
        coefficients = weights + [baseWeight]
        minimum = LogisticMinimum(alpha: alpha, function: function, intercept: margins.intercept)
        gradientRatio = (dotProduct(gradient, gradient) / minimum.squaredLength).squareRoot()
        fixedPoint = margins.slopes.map { -$0 }
        intercept = margins.intercept - moved.mean - baseWeight * loss.offsets.mean
    }
}
