internal import LinearAlgebra

/// The tables that other test sets of one split would give if nothing had changed, each with its chance: exact enumeration.
///
/// Images in groups say as much as fewer independent ones: counts are those of so many, rounded (Kish 1965).
struct LikelyOutcomes {
    private let bothWrong: Int
    private let fixed: Int
    private let broken: Int
    private let images: Int

    /// Outcomes like `counts` on the `share`, above 0 and at most 1, of their images.
    init(_ counts: PairedCounts, share: Double) {
        let scaled = { (count: Int) in Int((share * Double(count)).rounded()) }
        bothWrong = scaled(counts.bothWrong)
        fixed = scaled(counts.fixed)
        broken = scaled(counts.broken)
        images = max(scaled(counts.images), bothWrong + fixed + broken)
    }

    /// The upper limit of Wilson's interval that 8 of 10 numbers of errors stay within, at the rate seen.
    var rateLimit: Double? {
        guard images > 0 else { return nil }
        let errors = bothWrong + broken
        return Self.quantile(
            Self.likely(of: images, probability: Double(errors) / Double(images)).map { errors, chance in
                (Interval.wilson(errors, of: images).upper, chance)
            })
    }

    /// The upper limit of Newcombe's interval that 8 of 10 tables stay within where as many images are discordant as was
    /// seen, and broken as likely as fixed.
    var differenceLimit: Double? {
        guard images > 0 else { return nil }
        let changed = Self.likely(of: images, probability: Double(fixed + broken) / Double(images))
        let wrong = bothWrong + fixed
        return Self.quantile(
            changed.flatMap { changed, chance in
                Self.likely(of: changed, probability: 0.5).compactMap { broken, share in
                    let (fixed, rest) = (changed - broken, images - changed)
                    let bothWrong = min(max(0, wrong - fixed), rest)
                    let table = PairedCounts(
                        bothWrong: bothWrong, fixed: fixed, broken: broken, bothRight: rest - bothWrong)
                    return Interval.newcombe(of: table).map { ($0.upper, chance * share) }
                }
            })
    }

    /// The lower limit of Bonett and Price's interval that 8 of 10 tables stay above: the base model makes its errors, the
    /// adapter fixes each and breaks each other image as often as was seen.
    var improvementLimit: Double? {
        let wrong = bothWrong + fixed
        guard wrong > 0 else { return nil }
        let right = images - wrong
        let repaired = Self.likely(of: wrong, probability: Double(fixed) / Double(wrong))
        let spoiled = right > 0 ? Self.likely(of: right, probability: Double(broken) / Double(right)) : [(0, 1)]
        let negated = Self.quantile(
            repaired.flatMap { fixed, chance in
                spoiled.compactMap { broken, share in
                    let table = PairedCounts(
                        bothWrong: wrong - fixed, fixed: fixed, broken: broken, bothRight: right - broken)
                    return Interval.bonettPrice(of: table).map { (-$0.lower, chance * share) }
                }
            })
        return negated.map { -$0 }
    }

    /// The numbers of successes in `trials` that are not out of the question, with their chances.
    private static func likely(of trials: Int, probability: Double) -> [(successes: Int, chance: Double)] {
        let distribution = Binomial(trials: trials, probability: probability)
        let spread = (Double(trials) * probability * (1 - probability)).squareRoot()
        let middle = Double(trials) * probability
        let reach = 8 * spread + 20
        let range = max(0, Int(middle - reach))...min(trials, Int(middle + reach) + 1)
        return range.map { ($0, distribution.mass($0)) }.filter { $0.1 > 1e-9 }
    }

    /// The smallest of `values` that they do not exceed with the chance of ``GatePower/chance``.
    private static func quantile(_ values: [(value: Double, chance: Double)]) -> Double? {
        var total = 0.0
        for (value, chance) in values.sorted(by: { $0.value < $1.value }) {
            total += chance
            if total >= GatePower.chance { return value }
        }
        return nil
    }
}
