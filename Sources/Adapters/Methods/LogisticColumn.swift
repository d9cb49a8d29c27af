internal import LinearAlgebra

/// An anchored logistic regression on its way along ascending strengths, one of the columns that are solved together.
///
/// Inexact Newton (Dembo, Eisenstat and Steihaug 1982): a step solves the Newton equations by conjugate gradients, the more
/// exactly the nearer the minimum. All that is needed of the features is K·``request``, for which the column waits; many
/// columns that wait are one matrix product. What is minimised is at least as curved as ½‖u‖², so that a gradient g in the
/// coefficients bounds how far the minimum is: by ‖g‖ in the coefficients and by ½‖g‖² in the objective. A minimum is
/// taken when ‖g‖ is at most `tolerance` times the coefficients' length.
struct LogisticColumn {
    /// The minima of the strengths done so far.
    private(set) var minima: [LogisticMinimum] = []
    /// The vector v whose K·v is to be passed to ``advance(_:)``; it sums to 0.
    var request: [Double] { descent?.residual ?? residual }
    /// Whether the minima of all strengths are there.
    var isFinished: Bool { minima.count == strengths.count }

    private let loss: LogisticLoss
    /// The base scores less their mean.
    private let base: [Double]
    private let strengths: [Double]
    private let tolerance: Double

    private var current: LogisticMinimum
    private var scaled: LogisticLoss
    private var margins: LogisticMargins
    /// α plus the slopes: the gradient is X̄ᵀ and z̄ᵀ times this.
    private var residual: [Double]
    private var descent: ConjugateGradients?
    private var steps = 0

    private static let maximumSteps = 100

    /// The regression of `loss`, rows that are not fitted to having no weight, from the guess `start` for the first of
    /// `strengths`.
    init(_ loss: LogisticLoss, strengths: [Double], tolerance: Double, start: LogisticMinimum? = nil) {
        self.loss = loss
        self.strengths = strengths
        self.tolerance = tolerance
        base = loss.offsets.centred()
        current = start ?? LogisticMinimum(baseOf: loss.count)
        scaled = loss.scaled(by: strengths.first ?? 0)
        margins = LogisticMargins(scaled, function: current.function, intercept: current.intercept)
        residual = current.alpha
        move(to: current, margins)
    }

    /// Goes on with K·``request``, `product`; throws `.notConverged`.
    mutating func advance(_ product: [Double]) throws(LinearAlgebraError) {
        var product = product
        product.add(dotProduct(base, request), times: base)
        if descent == nil {
            try beginStep(product)
        } else if descent?.advance(product) == true {
            try endStep()
        }
    }

    private mutating func beginStep(_ product: [Double]) throws(LinearAlgebraError) {
        let squaredGradient = max(0, dotProduct(residual, product))
        let ratio = (squaredGradient / current.squaredLength).squareRoot()
        if ratio <= tolerance { return nextStrength() }
        guard steps < Self.maximumSteps else {
            throw .notConverged(iterations: steps, squaredDecrement: squaredGradient)
        }
        steps += 1
        // As exact as makes Newton's method converge faster than linearly, and no more exact than what is asked for.
        let share = min(0.3, max(0.3 * ratio, 0.7 * tolerance / ratio))
        descent = ConjugateGradients(
            right: residual.map { -$0 }, curvatures: margins.curvatures, totalCurvature: margins.totalCurvature,
            share: share)
        if descent?.advance(product.map { -$0 }) == true { try endStep() }
    }

    private mutating func endStep() throws(LinearAlgebraError) {
        guard let step = descent else { return }
        descent = nil
        guard let (next, margins) = searched(step) else {
            throw .notConverged(iterations: steps, squaredDecrement: -dotProduct(residual, step.image))
        }
        move(to: next, margins)
    }

    /// The point along `step` where the slope is no steeper uphill than half of what it was downhill at first (the half of
    /// the approximate Wolfe conditions of Hager and Zhang 2005 that a convex function can break); shorter steps are guessed
    /// from the slopes. Slopes, unlike values, tell what is a decrease near the minimum.
    private func searched(_ step: ConjugateGradients) -> (LogisticMinimum, LogisticMargins)? {
        let descent = -dotProduct(residual, step.image)
        var length = 1.0
        while length > 1e-12 {
            let next = current.moved(length, along: step)
            let margins = LogisticMargins(scaled, function: next.function, intercept: next.intercept)
            let slope =
                dotProduct(next.alpha, step.image) + dotProduct(margins.slopes, step.image)
                + step.interceptChange * margins.totalSlope
            if slope <= descent / 2 { return (next, margins) }
            length *= max(0.1, descent / (descent + slope))
        }
        return nil
    }

    /// Stands at `point`, whose margins are given, with the intercept that is best there.
    private mutating func move(to point: LogisticMinimum, _ margins: LogisticMargins) {
        self.margins = margins.balanced(scaled, function: point.function)
        current = point.with(intercept: self.margins.intercept)
        residual = current.alpha
        residual.add(1, times: self.margins.slopes)
    }

    private mutating func nextStrength() {
        minima.append(current)
        guard !isFinished else { return }
        let strength = strengths[minima.count]
        scaled = loss.scaled(by: strength)
        steps = 0
        let guess = LogisticMinimum(extrapolating: minima, of: Array(strengths[..<minima.count]), to: strength)
        move(to: guess, LogisticMargins(scaled, function: guess.function, intercept: guess.intercept))
    }
}
