internal import Foundation
internal import Harness

/// Long work, one piece at a time and in order, on a thread of its own: trainings, and jobs over many images.
///
/// What it is to do is on disk before it is added here: of what a stop or a crash leaves undone, the next server knows.
final class BackgroundQueue: Sendable {
    private let state: State

    /// - Parameters:
    ///   - name: what the thread is called, for debuggers.
    ///   - capacity: how many pieces may wait.
    init(name: String, capacity: Int) {
        let state = State(capacity: capacity)
        self.state = state
        let thread = Thread { state.work() }
        thread.name = name
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// Takes `work` on, unless as many pieces wait as may, or the queue was stopped.
    ///
    /// - Parameter work: looks at the cancellation between its steps, and leaves on disk where it was.
    func add(_ work: @escaping @Sendable (Cancellation) -> Void) -> Bool { state.add(work) }

    /// Calls `body`, which adds a piece again that the disk refused to take a step of, once that may have passed.
    static func afterPause(_ body: @escaping @Sendable () -> Void) {
        DispatchQueue.global().asyncAfter(deadline: .now() + pauseSeconds, execute: body)
    }

    private static let pauseSeconds = 10.0

    /// Lets the piece that runs come to its end within `seconds`, then asks it to stop; answers once it has.
    ///
    /// What waits is not begun.
    func stop(within seconds: Double) { state.stop(within: seconds) }

    /// How many pieces run, 0 or 1, and how many wait.
    var load: (working: Int, waiting: Int) { state.load }

    private final class State: @unchecked Sendable {
        // Guarded by `condition`.
        private var queue: [@Sendable (Cancellation) -> Void] = []
        private var isStopped = false
        private var isWorking = false
        private let condition = NSCondition()
        private let cancellation = Cancellation()
        private let capacity: Int

        init(capacity: Int) { self.capacity = capacity }

        func add(_ work: @escaping @Sendable (Cancellation) -> Void) -> Bool {
            condition.withLock {
                guard !isStopped, queue.count < capacity else { return false }
                queue.append(work)
                condition.broadcast()
                return true
            }
        }

        var load: (working: Int, waiting: Int) { condition.withLock { (isWorking ? 1 : 0, queue.count) } }

        func stop(within seconds: Double) {
            let deadline = Date(timeIntervalSinceNow: seconds)
            condition.withLock {
                isStopped = true
                condition.broadcast()
                while isWorking, condition.wait(until: deadline) {}
                cancellation.request()
                while isWorking { condition.wait() }
            }
        }

        func work() {
            while let work = next() {
                work(cancellation)
                condition.withLock {
                    isWorking = false
                    condition.broadcast()
                }
            }
        }

        private func next() -> (@Sendable (Cancellation) -> Void)? {
            condition.withLock {
                while queue.isEmpty, !isStopped { condition.wait() }
                guard !isStopped else { return nil }
                isWorking = true
                return queue.removeFirst()
            }
        }
    }
}
