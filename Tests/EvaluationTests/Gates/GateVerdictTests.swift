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
}
