import Testing

@testable import Service

@Suite struct RequestRateTests {
    @Test func asManyAreGrantedAsASecondHasAndThenOneByOne() {
        let start = ContinuousClock.now
        let rate = RequestRate(perSecond: 4, at: start)
        let granted = { (seconds: Double, count: Int) in
            (0..<count).filter { _ in rate.take(at: start + .seconds(seconds)) }.count
        }
        #expect(granted(0, 10) == 4)
        #expect(granted(0.2, 3) == 0)
        #expect(granted(0.25, 3) == 1)
        #expect(granted(100, 10) == 4)
        // A thread whose clock was read earlier takes nothing from the others.
        #expect(granted(50, 1) == 0)
        #expect(granted(100.25, 3) == 1)
    }

    @Test func lessThanOnePerSecondIsOneNowAndThen() {
        let start = ContinuousClock.now
        let rate = RequestRate(perSecond: 0.1, at: start)
        #expect(rate.take(at: start))
        #expect(!rate.take(at: start + .seconds(9)))
        #expect(rate.take(at: start + .seconds(11)))
    }
}
