internal import Foundation

/// What McNemar's mid-p test can show on a number of images, by exact binomial sums.
public enum Power {
    /// The smallest number of fixed images, none broken, with a mid-p of `level` or less.
    ///
    /// Mid-p is then (1/2)^fixed, so at 5% it takes 5 images (6 by the exact test, whose p is twice that).
    public static func smallestFixed(level: Double) -> Int {
        precondition(level > 0 && level < 1, "a level lies between 0 and 1, given \(level)")
        var fixed = 1
        while McNemar.midP(fixed: fixed, broken: 0) > level { fixed += 1 }
        return fixed
    }

    /// The chance that mid-p shows an improvement at `level` on `images` images, each of which the adapter fixes with
    /// probability `fixed` and breaks with probability `broken`.
    ///
    /// The sum over m discordant images, Bin(images, fixed + broken), of the chance that enough of them are fixed,
    /// Bin(m, fixed / (fixed + broken)).
    public static func ofImprovement(images: Int, fixed: Double, broken: Double = 0, level: Double) -> Double {
        let discordant = Binomial(trials: images, probability: min(1, fixed + broken))
        guard fixed > 0 else { return 0 }
        var power = 0.0
        var needed = smallestFixed(level: level)
        for changed in stride(from: needed, through: images, by: 1) {
            while McNemar.midP(fixed: needed, broken: changed - needed) > level || 2 * needed <= changed { needed += 1 }
            let enough = Binomial(trials: changed, probability: fixed / (fixed + broken)).atLeast(needed)
            power += discordant.mass(changed) * enough
        }
        return min(1, power)
    }

    /// The smallest share of `images` that an adapter must fix, breaking none, to be shown at `level` with `power`;
    /// `nil` where fixing every image would not be enough.
    public static func detectableShare(images: Int, level: Double, power: Double = 0.8) -> Double? {
        let needed = smallestFixed(level: level)
        guard images >= needed else { return nil }
        var lower = 0.0
        var upper = 1.0
        while upper - lower > 1e-12 {
            let middle = (lower + upper) / 2
            if Binomial(trials: images, probability: middle).atLeast(needed) < power {
                lower = middle
            } else {
                upper = middle
            }
        }
        return upper
    }

    /// The smallest number of images on which an adapter that fixes a share `fixed` of them, breaking none, is shown at
    /// `level` with `power`.
    public static func imagesNeeded(fixed: Double, level: Double, power: Double = 0.8) -> Int {
        precondition(fixed > 0 && fixed <= 1, "a share above 0 and at most 1, given \(fixed)")
        let needed = smallestFixed(level: level)
        let shows = { (images: Int) in Binomial(trials: images, probability: fixed).atLeast(needed) >= power }
        var upper = needed
        while !shows(upper) { upper *= 2 }
        var lower = needed - 1
        while upper - lower > 1 {
            let middle = lower + (upper - lower) / 2
            if shows(middle) { upper = middle } else { lower = middle }
        }
        return upper
    }
}
