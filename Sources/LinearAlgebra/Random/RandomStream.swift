/// A stream of random numbers that is the same on every platform and with every version of Swift.
///
/// The generator is xoshiro256** 1.0 (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators", ACM
/// TOMS 47:36), its state filled by SplitMix64 as its authors advise. Bounded numbers and shuffles are our own, because
/// the standard library does not promise to keep its algorithms.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// The stream of `seed`.
    public init(_ seed: Seed) {
        var filler = SplitMix64(state: seed.value)
        state = (filler.next(), filler.next(), filler.next(), filler.next())
    }

    /// The stream in a given state, of which at least one word is not zero.
    init(state: (UInt64, UInt64, UInt64, UInt64)) {
        self.state = state
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let result = rotatedLeft(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotatedLeft(state.3, by: 45)
        return result
    }

    /// A whole number from 0 up to and without `bound`, all equally likely (Lemire 2019, "Fast random integer generation
    /// in an interval", ACM TOMACS 29:3).
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound > 0, "a random number below \(bound)")
        let bound = UInt64(bound)
        var (high, low) = next().multipliedFullWidth(by: bound)
        if low < bound {
            let unfair = (0 &- bound) % bound
            while low < unfair { (high, low) = next().multipliedFullWidth(by: bound) }
        }
        return Int(high)
    }

    /// A number from 0 up to and without 1, a multiple of 2⁻⁵³.
    public mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// `elements` in random order, all orders equally likely (Fisher and Yates, from the last element down).
    public mutating func shuffled<Element>(_ elements: some Sequence<Element>) -> [Element] {
        var result = Array(elements)
        for last in stride(from: result.count - 1, to: 0, by: -1) {
            result.swapAt(last, integer(below: last + 1))
        }
        return result
    }
}

private func rotatedLeft(_ value: UInt64, by count: UInt64) -> UInt64 {
    value << count | value >> (64 - count)
}
