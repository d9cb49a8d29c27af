/// What a random stream grows from; further seeds are derived by name, so that one stream does not move when another is
/// used more or less.
public struct Seed: Sendable, Hashable {
    /// The seed as a number.
    public let value: UInt64

    /// The seed that a user writes as a number.
    public init(_ value: UInt64) {
        self.value = value
    }

    /// The seed for the purpose `name`: `seed.derive("split")`.
    public func derive(_ name: String) -> Seed { derived(tag: 0, Array(name.utf8)) }

    /// The seed of the member `number` of a series: `seed.derive("split").derive(3)`.
    public func derive(_ number: Int) -> Seed {
        derived(tag: 1, littleEndianBytes(of: UInt64(bitPattern: Int64(number))))
    }

    /// The 64-bit FNV-1a hash of the parent, a tag and the name, scattered by SplitMix64's mixing function.
    private func derived(tag: UInt8, _ bytes: [UInt8]) -> Seed {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in littleEndianBytes(of: value) + [tag] + bytes {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return Seed(SplitMix64.mixed(hash))
    }
}

/// The generator that fills the state of others (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
/// generators", OOPSLA).
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        return SplitMix64.mixed(state)
    }

    static func mixed(_ value: UInt64) -> UInt64 {
        var bits = value
        bits = (bits ^ bits >> 30) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ bits >> 27) &* 0x94d0_49bb_1331_11eb
        return bits ^ bits >> 31
    }
}

private func littleEndianBytes(of value: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
