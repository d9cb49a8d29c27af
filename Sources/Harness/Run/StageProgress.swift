internal import Synchronization

/// Counts the finished items of a stage, from any thread, and tells a listener.
final class StageProgress: Sendable {
    private let stage: RunEvent.Stage
    private let total: Int
    private let started = ContinuousClock.now
    private let done = Mutex(0)
    private let report: @Sendable (RunEvent) -> Void

    init(_ stage: RunEvent.Stage, total: Int, report: @escaping @Sendable (RunEvent) -> Void) {
        self.stage = stage
        self.total = total
        self.report = report
        report(.began(stage, total: total))
    }

    /// One more item is finished. Events are told in order, so the listener is called under the lock.
    func advance() {
        done.withLock { done in
            done += 1
            report(.advanced(stage, done: done, total: total))
        }
    }

    /// So many items are finished now, and `detail` says what goes on meanwhile.
    func advance(to count: Int, detail: String) {
        done.withLock { done in
            done = count
            report(.advanced(stage, done: done, total: total, detail: detail))
        }
    }

    /// The stage is over.
    func end() {
        report(.ended(stage, total: total, seconds: (ContinuousClock.now - started) / .seconds(1)))
    }
}
