internal import Foundation
internal import LinearAlgebra

/// What a test can show on a number of images, by exact binomial sums.
public enum Power {
    /// The smallest number of fixed images of as many groups, none broken, with a mid-p of `level` or less.
    ///
    /// Mid-p is then (1/2)^fixed, so at 5% it takes 5 images (6 by the exact test, whose p is twice that).
    public static func smallestFixed(level: Double) -> Int {
        precondition(level > 0 && level < 1, "a level lies between 0 and 1, given \(level)")
        var fixed = 1
        while McNemar.midP(fixed: fixed, broken: 0) > level { fixed += 1 }
        return fixed
    }

    /// The smallest number of distinct fixed images, none broken, that a corrected t test over repeated splits shows at
    /// `level` in every other case.
    ///
    /// F images that fall into the test part independently, with odds r = n_test/n_others, give differences of mean F q
    /// and variance F q (1-q), q = r/(1+r). So t is about sqrt(F r / (1/k + r)), and F = t*^2 (1/k + r) / r where t* is the
    /// critical value with k - 1 degrees of freedom. Images of a group fall together: then F counts groups.
    ///
    /// - Parameters:
    ///   - repeats: number of repeats k, at least 2.
    ///   - testToOthers: number of test images of a repeat over the number of images outside its test part, above 0.
    public static func smallestFixed(level: Double, repeats: Int, testToOthers: Double) -> Int {
        precondition(repeats >= 2 && testToOthers > 0, "given \(repeats) repeats, a ratio of \(testToOthers)")
        let critical = StudentT(degreesOfFreedom: Double(repeats - 1)).quantile(1 - level / 2)
        let fixed = critical * critical * (1 / Double(repeats) + testToOthers) / testToOthers
        // With 2 or 3 repeats and a strict level, no number of images is enough for any purpose.
        return fixed < 1e9 ? Int(fixed.rounded(.up)) : 1_000_000_000
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

    /// The smallest chance of fixing an image, breaking none, with which `needed` or more of `images` are fixed with
    /// probability `power`; `nil` where there are fewer images than that.
    public static func detectableShare(images: Int, needed: Int, power: Double = 0.8) -> Double? {
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

    /// The smallest number of images of which `needed` or more are fixed with probability `power`, where each is fixed with
    /// probability `fixed`.
    public static func imagesNeeded(fixed: Double, needed: Int, power: Double = 0.8) -> Int {
        precondition(fixed > 0 && fixed <= 1, "a share above 0 and at most 1, given \(fixed)")
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
