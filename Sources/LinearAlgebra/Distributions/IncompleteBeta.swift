internal import Foundation

/// The regularized incomplete beta function, from which the Student t and binomial distributions follow.
public enum IncompleteBeta {
    /// I_x(a, b) for `a` and `b` above 0 and `x` in 0...1.
    ///
    /// Both `x` and `complement` = 1 - x are given, so that neither loses digits when it is the small one. The symmetry
    /// I_x(a, b) = 1 - I_(1-x)(b, a) (DLMF 8.17.4) keeps the continued fraction where it converges fast.
    public static func regularized(_ a: Double, _ b: Double, at x: Double, complement: Double) -> Double {
        precondition(a > 0 && b > 0, "both shapes are above 0, given \(a) and \(b)")
        if x <= 0 { return 0 }
        if complement <= 0 { return 1 }
        let factor = exp(a * log(x) + b * log(complement) - logarithm(a, b))
        if x < (a + 1) / (a + b + 2) {
            return factor / a * continuedFraction(a, b, x)
        }
        return 1 - factor / b * continuedFraction(b, a, complement)
    }

    /// log B(a, b).
    public static func logarithm(_ a: Double, _ b: Double) -> Double {
        logGamma(a) + logGamma(b) - logGamma(a + b)
    }

    /// log |gamma(x)|.
    public static func logGamma(_ x: Double) -> Double { lgamma(x) }

    /// The continued fraction of DLMF 8.17.22, by the modified Lentz method (Lentz 1976; Thompson and Barnett 1986).
    ///
    /// It takes of the order of sqrt(max(a, b)) terms; the bound is far above what any count of images can reach.
    private static func continuedFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
        let tiny = 1e-300
        var numerator = 1.0
        var denominator = 1 / nonZero(1 - (a + b) * x / (a + 1), tiny)
        var value = denominator
        for term in 1...100_000 {
            let m = Double(term)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            var change = 1.0
            for coefficient in [even, odd] {
                denominator = 1 / nonZero(1 + coefficient * denominator, tiny)
                numerator = nonZero(1 + coefficient / numerator, tiny)
                change = numerator * denominator
                value *= change
            }
            if abs(change - 1) <= Double.ulpOfOne { break }
        }
        return value
    }

    private static func nonZero(_ value: Double, _ tiny: Double) -> Double {
        abs(value) < tiny ? tiny : value
    }
}
