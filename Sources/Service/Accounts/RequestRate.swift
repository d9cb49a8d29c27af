internal import Synchronization

/// How often an account may ask: a bucket of tokens that fills at `perSecond` and holds those of one second, at least one.
final class RequestRate: Sendable {
    /// Requests per second, on average.
    let perSecond: Double
    private let state: Mutex<State>

    private struct State {
        var tokens: Double
        var time: ContinuousClock.Instant
    }

    init(perSecond: Double, at now: ContinuousClock.Instant = .now) {
        self.perSecond = perSecond
        state = Mutex(State(tokens: max(1, perSecond), time: now))
    }

    /// Whether one more request may be made at `now`.
    func take(at now: ContinuousClock.Instant = .now) -> Bool {
        state.withLock { state in
            // Threads may come in another order than their times.
            let seconds = max(0, (now - state.time) / .seconds(1))
            state.time = max(state.time, now)
            state.tokens = min(max(1, perSecond), state.tokens + seconds * perSecond)
            guard state.tokens >= 1 else { return false }
            state.tokens -= 1
            return true
        }
    }
}
