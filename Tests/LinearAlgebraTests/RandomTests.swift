import Testing

@testable import LinearAlgebra

@Suite("Random streams")
struct RandomTests {
    @Test("xoshiro256** gives its published numbers")
    func xoshiroReference() {
        // First outputs of the authors' C code from the state 1, 2, 3, 4.
        var stream = RandomStream(state: (1, 2, 3, 4))
        let expected: [UInt64] = [
            11520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
            16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777,
            2_904_607_092_377_533_576,
        ]
        #expect(expected.map { _ in stream.next() } == expected)
    }

    @Test("SplitMix64 gives its published numbers")
    func splitMixReference() {
        // First outputs of the authors' C code from the state 1234567.
        var filler = SplitMix64(state: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in filler.next() } == expected)
    }

    @Test("Derived streams never change")
    func goldenValues() {
        var stream = RandomStream(Seed(7).derive("split").derive(3))
        #expect(stream.shuffled(0..<10) == [8, 0, 7, 4, 3, 1, 6, 2, 9, 5])
        #expect((0..<4).map { _ in stream.integer(below: 1000) } == [921, 715, 315, 581])
        #expect(stream.unit() == 0.3497474285067532)
    }

    @Test("Seeds derived by different names or numbers differ")
    func derivedSeedsDiffer() {
        let seeds = (0..<100).map { Seed(7).derive($0) } + (0..<100).map { Seed(7).derive("\($0)") }
        #expect(Set(seeds + [Seed(7), Seed(8).derive(0)]).count == 202)
    }

    @Test("Bounded numbers are equally likely")
    func boundedNumbersAreFair() {
        var stream = RandomStream(Seed(11))
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<60_000 { counts[stream.integer(below: 6)] += 1 }
        let chiSquared = counts.map { Double(($0 - 10_000) * ($0 - 10_000)) / 10_000 }.reduce(0, +)
        // The 0.999 quantile of chi-squared with 5 degrees of freedom; the seed is fixed.
        #expect(chiSquared < 20.5)
    }

    @Test("All orders of a shuffle are equally likely")
    func shufflesAreFair() {
        var stream = RandomStream(Seed(12))
        var counts: [[Int]: Int] = [:]
        for _ in 0..<24_000 { counts[stream.shuffled(0..<4), default: 0] += 1 }
        #expect(counts.count == 24)
        let chiSquared = counts.values.map { Double(($0 - 1000) * ($0 - 1000)) / 1000 }.reduce(0, +)
        // The 0.999 quantile of chi-squared with 23 degrees of freedom; the seed is fixed.
        #expect(chiSquared < 49.7)
    }
}
