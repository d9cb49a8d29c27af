internal import Foundation

extension Interval {
    /// Wilson's score interval for a rate of `successes` in `trials`, at least 1 of them.
    ///
    /// (p + z^2/2n ± z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n) (Wilson 1927); it contains the rate itself, and the limits at
    /// 0 and n successes are exactly 0 and 1.
    public static func wilson(
        _ successes: Int, of trials: Int, standardScore z: Double = Interval.standardScore
    ) -> Interval {
        precondition(trials > 0, "a rate needs at least 1 trial, given \(trials)")
        precondition((0...trials).contains(successes), "\(successes) successes in \(trials) trials")
        let n = Double(trials)
        let rate = Double(successes) / n
        let scale = 1 + z * z / n
        let centre = (rate + z * z / (2 * n)) / scale
        let reach = z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)) / scale
        return Interval(
            lower: successes == 0 ? 0 : min(rate, centre - reach),
            upper: successes == trials ? 1 : max(rate, centre + reach))
    }
}
