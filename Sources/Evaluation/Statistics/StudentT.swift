internal import LinearAlgebra

/// Student's t distribution (Student 1908) with `degreesOfFreedom` above 0.
public struct StudentT: Sendable {
    /// Above 0; need not be whole.
    public let degreesOfFreedom: Double

    /// The distribution with `degreesOfFreedom` above 0.
    public init(degreesOfFreedom: Double) {
        precondition(degreesOfFreedom > 0, "degrees of freedom are above 0, given \(degreesOfFreedom)")
        self.degreesOfFreedom = degreesOfFreedom
    }

    /// P(|T| >= |t|): I_x(v/2, 1/2) at x = v / (v + t^2), v the degrees of freedom (DLMF 8.17; Student 1908).
    public func twoSided(_ t: Double) -> Double {
        let square = t * t
        guard square.isFinite else { return 0 }
        let total = degreesOfFreedom + square
        return IncompleteBeta.regularized(
            degreesOfFreedom / 2, 0.5, at: degreesOfFreedom / total, complement: square / total)
    }

    /// P(T <= t).
    public func cumulative(_ t: Double) -> Double {
        let tail = twoSided(t) / 2
        return t < 0 ? tail : 1 - tail
    }

    /// The t whose cumulative probability is `probability`, above 0 and below 1.
    ///
    /// Found by bisection of the upper tail down to neighbouring floating-point numbers: slow but without a special case.
    public func quantile(_ probability: Double) -> Double {
        precondition(probability > 0 && probability < 1, "a probability lies between 0 and 1, given \(probability)")
        if probability == 0.5 { return 0 }
        if probability < 0.5 { return -upperQuantile(tail: probability) }
        return upperQuantile(tail: 1 - probability)
    }

    /// The t above 0 with P(T >= t) = `tail`, below 1/2.
    private func upperQuantile(tail: Double) -> Double {
        var lower = 0.0
        var upper = 1.0
        while twoSided(upper) / 2 > tail { (lower, upper) = (upper, upper * 2) }
        while true {
            let middle = lower + (upper - lower) / 2
            if middle <= lower || middle >= upper { return middle }
            if twoSided(middle) / 2 > tail { lower = middle } else { upper = middle }
        }
    }
}
