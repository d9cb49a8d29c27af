/// What the test images of a rule could show, whatever was seen on them.
public struct GatePower: Sendable, Equatable, Codable {
    /// Number of distinct test images that the rate is counted over.
    public let images: Int
    /// Number of groups those are of.
    public let groups: Int
    /// Whether the rule could pass in the best case: no error at all, no decision other than the baseline's, or every
    /// error of the base model gone.
    public let couldPass: Bool
    /// The strictest limit that would pass in that case; `nil` without images, or without errors to improve on.
    public let bestLimit: Double?
    /// Where it could not pass, how many images in groups like these it would take in the best case; `nil` where it could,
    /// and where no number would do.
    public let imagesNeeded: Int?
    /// The strictest limit that would pass in 8 of 10 such test sets if nothing had changed: if the rate, or the improvement,
    /// is what was seen, and of a difference if it is 0 and decisions differ as often as was seen.
    public let likelyLimit: Double?

    /// The chance that ``likelyLimit`` speaks of.
    public static let chance = 0.8

    init(_ sample: GateSample) {
        let best = sample.best
        images = best.total.images
        groups = best.groups.count
        bestLimit = sample.bestLimit
        couldPass = sample.bestLimit.map(sample.passes) ?? false
        imagesNeeded = couldPass ? nil : sample.imagesNeeded
        likelyLimit = sample.likelyLimit
    }
}

extension GateSample {
    /// Whether an interval that ends at `limit` on the decisive side passes.
    fileprivate func passes(at limit: Double) -> Bool {
        condition.verdict(on: Interval(lower: limit, upper: limit)) == .pass
    }

    /// The smallest number of images that pass in the best case, the base model keeping its error rate and groups their
    /// sizes; `nil` where a thousand million do not.
    fileprivate var imagesNeeded: Int? {
        let total = best.total
        guard let score = standardScore(on: best) else { return nil }
        let baseRate = Double(total.baseErrors) / Double(total.images)
        let passes = { (images: Int) in
            self.limit(onBestOf: images, baseRate: baseRate, standardScore: score).map(self.passes) ?? false
        }
        var (lower, upper) = (total.images, total.images)
        while !passes(upper) {
            (lower, upper) = (upper, upper * 2)
            if upper > 1_000_000_000 { return nil }
        }
        while upper - lower > 1 {
            let middle = lower + (upper - lower) / 2
            if passes(middle) { upper = middle } else { lower = middle }
        }
        return upper
    }

    /// The decisive limit in the best case on `images` images, of which the reference is wrong about the share `baseRate`.
    private func limit(onBestOf images: Int, baseRate: Double, standardScore: Double) -> Double? {
        let errors = Int((baseRate * Double(images)).rounded())
        switch condition {
        case .atMost: return Interval.wilson(0, of: images, standardScore: standardScore).upper
        case .notWorseThanBaselineBy:
            let counts = PairedCounts(bothWrong: errors, fixed: 0, broken: 0, bothRight: images - errors)
            return Interval.newcombe(of: counts, standardScore: standardScore)?.upper
        case .improvementAtLeast:
            let counts = PairedCounts(bothWrong: 0, fixed: errors, broken: 0, bothRight: images - errors)
            return Interval.bonettPrice(of: counts, standardScore: standardScore)?.lower
        }
    }

    /// The strictest limit that would pass with the chance of ``GatePower/chance`` if nothing had changed.
    fileprivate var likelyLimit: Double? {
        let isOneSplit = repeats.counts.count == 1
        guard let bestLimit, let likely = isOneSplit ? likelyLimitOfOneSplit : likelyLimitOfRepeats else { return nil }
        // No surer than in the best case and on one split, as intervals are.
        let limits = [bestLimit, isOneSplit ? nil : likelyLimitOfOneSplit].compactMap { $0 }
        if case .improvementAtLeast = condition { return limits.reduce(likely, min) }
        return limits.reduce(likely, max)
    }

    /// With the standard error s of the corrected t over repeats and its quantiles t, a value seen lies t(80%) s on the wrong
    /// side of the true one in 2 of 10 cases, and its limit t(97.5%) s beyond: Julious 2004 for non-inferiority.
    private var likelyLimitOfRepeats: Double? {
        guard let seen = ratio.linearized(over: repeats.shown) else { return nil }
        let centre = if case .notWorseThanBaselineBy = condition { 0.0 } else { seen.ratio }
        guard let corrected = try? repeats.corrected(seen.values) else { return nil }
        // Without a spread it is the interval of the distinct images.
        guard corrected.standardError > 0 else { return judged.estimate.interval.map(condition.decisive) }
        let student = StudentT(degreesOfFreedom: Double(corrected.degreesOfFreedom))
        let reach =
            (student.quantile((1 + Interval.confidence) / 2) + student.quantile(GatePower.chance))
            * corrected.standardError
        if case .improvementAtLeast = condition { return centre - reach }
        return min(1, centre + reach)
    }

    private var likelyLimitOfOneSplit: Double? {
        guard let score = standardScore(on: distinct) else { return nil }
        let ratio = Interval.standardScore / score
        let outcomes = LikelyOutcomes(distinct.total, share: ratio * ratio)
        switch condition {
        case .atMost: return outcomes.rateLimit
        case .notWorseThanBaselineBy: return outcomes.differenceLimit
        case .improvementAtLeast: return outcomes.improvementLimit
        }
    }
}
