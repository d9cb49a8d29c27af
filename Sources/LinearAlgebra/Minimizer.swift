/// A smooth convex function, and the Newton step from any point.
public protocol SmoothConvexFunction {
    /// The value at `point`.
    func value(at point: [Double]) -> Double
    /// The Newton step from `point`.
    func newtonStep(at point: [Double]) throws(LinearAlgebraError) -> NewtonStep
}

/// A step -H⁻¹g, for the gradient g and the Hessian H of where it starts.
public struct NewtonStep: Sendable {
    /// From the point to the minimum of the quadratic model.
    public let direction: [Double]
    /// The squared Newton decrement gᵀ·H⁻¹·g: twice the decrease that the quadratic model promises.
    public let squaredDecrement: Double

    public init(direction: [Double], squaredDecrement: Double) {
        self.direction = direction
        self.squaredDecrement = squaredDecrement
    }
}

/// Damped Newton with backtracking line search (Boyd and Vandenberghe 2004, *Convex Optimization*, algorithm 9.5).
public struct Minimizer: Sendable {
    /// The last step is taken when the model promises less than this share of the value's size (at least 1).
    public let tolerance: Double
    /// Steps after which the search is given up.
    public let maximumIterations: Int

    /// Newton's method converges quadratically: the last step, from below 1e-7 of the value, ends near 1e-14 of it, which
    /// is coefficients good to the 24 bits of a head.
    public init(tolerance: Double = 1e-7, maximumIterations: Int = 100) {
        self.tolerance = tolerance
        self.maximumIterations = maximumIterations
    }

    /// The minimum of `function` reached from `start`; throws `.notConverged` where there is none, such as a loss that
    /// falls for ever on separable data without a penalty.
    public func minimum(
        of function: some SmoothConvexFunction, from start: [Double]
    ) throws(LinearAlgebraError) -> [Double] {
        var point = start
        var value = function.value(at: point)
        var decrement = Double.infinity
        for _ in 0..<maximumIterations {
            let step = try function.newtonStep(at: point)
            decrement = step.squaredDecrement
            let isLast = decrement / 2 <= tolerance * max(1, abs(value))
            guard let next = backtrack(function, from: point, value: value, along: step) else {
                // No length of the step lowers the value: at the minimum that is rounding, elsewhere a failure.
                if isLast { return point }
                break
            }
            (point, value) = next
            if isLast { return point }
        }
        throw .notConverged(iterations: maximumIterations, squaredDecrement: decrement)
    }

    /// The first of the lengths 1, 1/2, 1/4 … whose decrease is a tenth of a thousandth of the promised one or more.
    private func backtrack(
        _ function: some SmoothConvexFunction, from point: [Double], value: Double, along step: NewtonStep
    ) -> (point: [Double], value: Double)? {
        var length = 1.0
        while length > 1e-12 {
            let next = zip(point, step.direction).map { $0 + length * $1 }
            let nextValue = function.value(at: next)
            if nextValue.isFinite && nextValue <= value - 1e-4 * length * step.squaredDecrement {
                return (next, nextValue)
            }
            length /= 2
        }
        return nil
    }
}
