import Evaluation
import Testing

@Suite struct GateVerdictTests {
    @Test func aLimitIsInsideOrOnOneSide() {
        let interval = Interval(lower: 0.1, upper: 0.3)
        #expect(GateVerdict(interval, atMost: 0.3) == .pass)
        #expect(GateVerdict(interval, atMost: 0.29) == .inconclusive)
        #expect(GateVerdict(interval, atMost: 0.1) == .inconclusive)
        #expect(GateVerdict(interval, atMost: 0.09) == .fail)
        #expect(GateVerdict(interval, atLeast: 0.1) == .pass)
        #expect(GateVerdict(interval, atLeast: 0.11) == .inconclusive)
        #expect(GateVerdict(interval, atLeast: 0.3) == .inconclusive)
        #expect(GateVerdict(interval, atLeast: 0.31) == .fail)
    }

    /// What must be at most a limit is, with its sign turned, at least the turned limit.
    @Test func bothRulesAreMirrorImages() {
        for lower in stride(from: -0.5, through: 0.5, by: 0.25) {
            for width in [0, 0.25, 0.5] {
                for limit in stride(from: -0.5, through: 1, by: 0.25) {
                    let verdict = GateVerdict(Interval(lower: lower, upper: lower + width), atMost: limit)
                    let mirrored = GateVerdict(Interval(lower: -lower - width, upper: -lower), atLeast: -limit)
                    #expect(verdict == mirrored)
                }
            }
        }
    }

    /// Where the truth is exactly at the margin, each of the wrong verdicts is as rare as half of the level, 2.5%.
    @Test(arguments: [(200, 0.05, 0.02), (400, 0.02, 0.05)])
    func atTheMarginPassAndFailAreRare(images: Int, margin: Double, fixed: Double) throws {
        var generator = SplitMix(state: 3)
        let draws = 4_000
        var verdicts: [GateVerdict: Int] = [:]
        for _ in 0..<draws {
            var cells = [0, 0, 0, 0]
            for _ in 0..<images {
                let chance = Double.random(in: 0..<1, using: &generator)
                cells[chance < fixed ? 0 : chance < 2 * fixed + margin ? 1 : chance < 0.3 ? 2 : 3] += 1
            }
            let counts = PairedCounts(bothWrong: cells[2], fixed: cells[0], broken: cells[1], bothRight: cells[3])
            let interval = try #require(Interval.newcombe(of: counts))
            verdicts[GateVerdict(interval, atMost: margin), default: 0] += 1
        }
        // 2.5% of 4,000 draws is 100, with a standard deviation of 10; Newcombe's limits keep it to within a percent or so.
        for verdict in [GateVerdict.pass, .fail] { #expect((20...160).contains(verdicts[verdict] ?? 0), "\(verdicts)") }
    }
}
