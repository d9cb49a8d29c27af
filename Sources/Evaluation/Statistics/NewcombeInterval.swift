internal import Foundation

extension Interval {
    /// Newcombe's interval for the paired difference of error rates, adapter minus base: method 10 of Newcombe 1998.
    ///
    /// Wilson limits of both rates are put together by squares, less what their correlation psi shares:
    /// D - sqrt(l1^2 - 2 psi l1 u2 + u2^2) to D + sqrt(u1^2 - 2 psi u1 l2 + l2^2), where l and u are the distances from a
    /// rate to its Wilson limits. `nil` where there is no image.
    public static func newcombe(
        of counts: PairedCounts, standardScore: Double = Interval.standardScore
    ) -> Interval? {
        guard counts.images > 0 else { return nil }
        let adapter = Distances(counts.adapterErrors, of: counts.images, standardScore)
        let base = Distances(counts.baseErrors, of: counts.images, standardScore)
        let difference = adapter.rate - base.rate
        let psi = correlation(counts)
        let below = combine(adapter.below, base.above, psi)
        let above = combine(adapter.above, base.below, psi)
        return Interval(lower: difference - below, upper: difference + above)
    }

    /// A rate and how far its Wilson limits lie from it.
    private struct Distances {
        let rate: Double
        let below: Double
        let above: Double

        init(_ successes: Int, of trials: Int, _ standardScore: Double) {
            let wilson = Interval.wilson(successes, of: trials, standardScore: standardScore)
            rate = Double(successes) / Double(trials)
            below = rate - wilson.lower
            above = wilson.upper - rate
        }
    }

    /// Rounding may leave the square just below 0 where both distances are equal and psi is 1.
    private static func combine(_ first: Double, _ second: Double, _ psi: Double) -> Double {
        sqrt(max(0, first * first - 2 * psi * first * second + second * second))
    }

    /// Newcombe's phi coefficient with his continuity correction; 0 where a margin is empty.
    private static func correlation(_ counts: PairedCounts) -> Double {
        let n = Double(counts.images)
        let margins = [
            counts.baseErrors, counts.images - counts.baseErrors, counts.adapterErrors,
            counts.images - counts.adapterErrors,
        ]
        let product = margins.map(Double.init).reduce(1, *)
        guard product > 0 else { return 0 }
        let association =
            Double(counts.bothWrong) * Double(counts.bothRight) - Double(counts.fixed) * Double(counts.broken)
        let corrected = association > 0 ? max(0, association - n / 2) : association
        return corrected / sqrt(product)
    }
}
