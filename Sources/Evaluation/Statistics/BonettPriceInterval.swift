internal import Foundation

extension Interval {
    /// Bonett and Price's hybrid Wilson interval for the improvement, 1 - adapter errors / base errors.
    ///
    /// With x adapter and y base errors and n* = both wrong + fixed + broken, the Wilson limits of x/n* and y/n* are taken at
    /// z* = z A / (B + C), A = sqrt((fixed + broken + 2) / ((x+1)(y+1))), B = sqrt((1 - (x+1)/(n*+2)) / (x+1)), C the same of
    /// y; the risk ratio lies in [lower x / upper y, upper x / lower y] (Bonett and Price 2006, as restated by Fagerland,
    /// Lydersen and Laake 2014). `nil` where the base made no error.
    public static func bonettPrice(
        of counts: PairedCounts, standardScore: Double = Interval.standardScore
    ) -> Interval? {
        guard counts.baseErrors > 0 else { return nil }
        let discordant = counts.fixed + counts.broken
        let either = counts.bothWrong + discordant
        let x = Double(counts.adapterErrors + 1)
        let y = Double(counts.baseErrors + 1)
        let total = Double(either + 2)
        let joint = sqrt(Double(discordant + 2) / (x * y))
        let separate = sqrt((1 - x / total) / x) + sqrt((1 - y / total) / y)
        let z = joint / separate * standardScore
        let adapter = wilson(counts.adapterErrors, of: either, standardScore: z)
        let base = wilson(counts.baseErrors, of: either, standardScore: z)
        return Interval(lower: 1 - adapter.upper / base.lower, upper: 1 - adapter.lower / base.upper)
    }
}
