internal import Foundation
internal import LinearAlgebra

/// Where an anchored logistic regression of one strength is least, or is guessed to be.
struct LogisticMinimum {
    /// The α of the coefficients u = X̄ᵀ·α and v = z̄ᵀ·α, one number per training row; they sum to 0.
    private(set) var alpha: [Double]
    /// What u and v add to the score of each row.
    private(set) var function: [Double]
    private(set) var intercept: Double

    init(alpha: [Double], function: [Double], intercept: Double) {
        self.alpha = alpha
        self.function = function
        self.intercept = intercept
    }

    /// Nothing is added to the base.
    init(baseOf count: Int) {
        alpha = [Double](repeating: 0, count: count)
        function = alpha
        intercept = 0
    }

    /// ‖u‖² + v², that a gradient is compared with; at least that of coefficients which move no score by more than 0.1.
    var squaredLength: Double { max(dotProduct(alpha, function), 1e-4) }

    /// The sum of `minima`, each times its weight.
    init(_ minima: ArraySlice<LogisticMinimum>, weights: [Double]) {
        self.init(baseOf: minima.first?.alpha.count ?? 0)
        for (minimum, weight) in zip(minima, weights) { add(weight, times: minimum) }
    }

    /// The point `length` along `step`.
    func moved(_ length: Double, along step: ConjugateGradients) -> LogisticMinimum {
        var moved = self
        moved.alpha.add(length, times: step.solution)
        moved.function.add(length, times: step.image)
        moved.intercept += length * step.interceptChange
        return moved
    }

    /// The same but for the intercept.
    func with(intercept: Double) -> LogisticMinimum {
        LogisticMinimum(alpha: alpha, function: function, intercept: intercept)
    }

    private mutating func add(_ factor: Double, times other: LogisticMinimum) {
        alpha.add(factor, times: other.alpha)
        function.add(factor, times: other.function)
        intercept += factor * other.intercept
    }
}

extension LogisticMinimum {
    /// A guess at the minimum of `strength` from those of the strengths before it, ascending: the polynomial in the
    /// logarithm of strength through the last three. The last one where the polynomial would magnify rounding and
    /// curvature, because strengths lie unevenly.
    init(extrapolating minima: [LogisticMinimum], of strengths: [Double], to strength: Double) {
        let logarithms = strengths.suffix(3).map { log($0) }
        let weights = logarithms.indices.map { one in
            logarithms.indices.filter { $0 != one }.map { other in
                (log(strength) - logarithms[other]) / (logarithms[one] - logarithms[other])
            }.reduce(1, *)
        }
        // Evenly spaced, two weigh 2 and -1, three 3, -3 and 1.
        let isTame = weights.map { abs($0) }.reduce(0, +) <= 8
        self.init(
            isTame ? minima.suffix(weights.count) : minima.suffix(1), weights: isTame ? weights : [1])
    }
}
