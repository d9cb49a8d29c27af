internal import LinearAlgebra

/// McNemar's test (McNemar 1947): given that an image is fixed or broken, is either as likely?
public enum McNemar {
    /// The two-sided exact p value: twice the binomial tail at 1/2, at most 1.
    public static func exact(fixed: Int, broken: Int) -> Double {
        min(1, 2 * Binomial(trials: fixed + broken, probability: 0.5).cumulative(min(fixed, broken)))
    }

    /// The two-sided mid-p value: the exact one less the probability of the outcome seen; 1 - half of that
    /// probability where as many images are fixed as broken (Fagerland, Lydersen and Laake 2013).
    ///
    /// 1 where no image is fixed or broken: then there is nothing to test, and the formula's 1/2 would mislead.
    public static func midP(fixed: Int, broken: Int) -> Double {
        guard fixed + broken > 0 else { return 1 }
        let distribution = Binomial(trials: fixed + broken, probability: 0.5)
        let seen = distribution.mass(min(fixed, broken))
        if fixed == broken { return 1 - seen / 2 }
        return 2 * distribution.cumulative(min(fixed, broken)) - seen
    }

    /// The two-sided mid-p value where images of a group change together: of all ways to swap base and adapter in whole
    /// groups, the share with a larger change of the total, and half of those with an equal one (a sign-flip test, Fisher
    /// 1935; mid-p after Lancaster 1961). Where no group changes by more than one image it is the mid-p of the images.
    ///
    /// - Parameter changes: fixed less broken images of each group.
    public static func midP(changes: [Int]) -> Double {
        if changes.allSatisfy({ abs($0) <= 1 }) {
            return midP(fixed: changes.count { $0 > 0 }, broken: changes.count { $0 < 0 })
        }
        let observed = abs(changes.reduce(0, +))
        let sums = signFlipped(changes.map(abs))
        let reach = sums.count / 2
        let tail = sums.indices.map { sums[$0] * share(of: abs($0 - reach), beyond: observed) }.reduce(0, +)
        return min(1, max(tail, .leastNormalMagnitude))
    }

    /// The chances of the sums of `sizes`, each of either sign: element s + Σ sizes is that of s.
    ///
    /// Of n equal sizes, so many have the one sign as heads fall in n tosses: one convolution per distinct size.
    private static func signFlipped(_ sizes: [Int]) -> [Double] {
        let reach = sizes.reduce(0, +)
        var chances = [Double](repeating: 0, count: 2 * reach + 1)
        chances[reach] = 1
        for (size, count) in Dictionary(sizes.filter { $0 > 0 }.map { ($0, 1) }, uniquingKeysWith: +).sorted(by: <) {
            let heads = heads(of: count)
            var next = [Double](repeating: 0, count: chances.count)
            for sum in chances.indices where chances[sum] > 0 {
                for (number, chance) in zip(heads.numbers, heads.chances) {
                    next[sum + size * (2 * number - count)] += chances[sum] * chance
                }
            }
            chances = next
        }
        return chances
    }

    /// The chances of numbers of heads in `tosses`, from the most likely one outwards to those that no sum would show: some
    /// dozens of √tosses numbers.
    private static func heads(of tosses: Int) -> (numbers: ClosedRange<Int>, chances: [Double]) {
        let middle = tosses / 2
        var upper = [1.0]
        while middle + upper.count <= tosses, let last = upper.last, last > 1e-290 {
            let number = middle + upper.count
            upper.append(last * Double(tosses - number + 1) / Double(number))
        }
        var lower: [Double] = []
        while lower.count < middle, lower.last ?? 1 > 1e-290 {
            let number = middle - lower.count
            lower.append((lower.last ?? 1) * Double(number) / Double(tosses - number + 1))
        }
        let weights = lower.reversed() + upper
        let total = weights.reduce(0, +)
        return (middle - lower.count...middle + upper.count - 1, weights.map { $0 / total })
    }

    private static func share(of size: Int, beyond observed: Int) -> Double {
        size > observed ? 1 : size == observed ? 0.5 : 0
    }
}
