internal import Foundation

/// Threads of their own for work that blocks or computes, with a queue of limited length: the cooperative pool, which
/// answers requests, is never kept waiting.
final class WorkerPool: Sendable {
    /// The queue has no free place, or work waited in it too long.
    struct Full: Error {}

    /// Nobody wants the result any more.
    struct Abandoned: Error {}

    /// What the threads do at one moment.
    struct Load {
        let name: String
        let working: Int
        let waiting: Int
    }

    private let name: String
    private let state: State

    /// - Parameters:
    ///   - name: what threads are called, for debuggers.
    ///   - threads: how many work at a time.
    ///   - capacity: how much work may wait.
    ///   - patience: how long it may, in seconds.
    init(name: String, threads: Int, capacity: Int, patience: Double) {
        let state = State(capacity: capacity, patience: patience)
        self.name = name
        self.state = state
        for _ in 0..<threads {
            let thread = Thread { state.work() }
            thread.name = name
            // As the main thread's: BLAS and decoders keep large blocks on the stack.
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    deinit { state.close() }

    var load: Load { state.load(of: name) }

    /// The result of `work`, done on one of the threads.
    ///
    /// - Parameters:
    ///   - isAbandoned: asked right before, with the seconds that `work` waited, which is not done where nobody wants it.
    ///   - work: is told the same.
    /// - Throws: `Full` where as much as may waits already, or `work` waited too long; `Abandoned`; what `work` throws.
    func run<Value: Sendable>(
        isAbandoned: @escaping @Sendable (Double) -> Bool = { _ in false },
        _ work: @escaping @Sendable (Double) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let (start, patience) = (ContinuousClock.now, state.patience)
            let isTaken = state.add {
                let waited = (ContinuousClock.now - start) / .seconds(1)
                continuation.resume(
                    with: Result {
                        if isAbandoned(waited) { throw Abandoned() }
                        if waited > patience { throw Full() }
                        return try work(waited)
                    })
            }
            if !isTaken { continuation.resume(throwing: Full()) }
        }
    }

    /// The queue, shared by the threads.
    private final class State: @unchecked Sendable {
        // Guarded by `condition`.
        private var queue: [@Sendable () -> Void] = []
        private var first = 0
        private var working = 0
        private var isClosed = false
        private let condition = NSCondition()
        private let capacity: Int
        let patience: Double

        init(capacity: Int, patience: Double) {
            self.capacity = capacity
            self.patience = patience
        }

        func load(of name: String) -> Load {
            condition.withLock { Load(name: name, working: working, waiting: queue.count - first) }
        }

        func add(_ work: @escaping @Sendable () -> Void) -> Bool {
            condition.withLock {
                guard queue.count - first < capacity else { return false }
                queue.append(work)
                condition.signal()
                return true
            }
        }

        func close() {
            condition.withLock {
                isClosed = true
                condition.broadcast()
            }
        }

        func work() {
            while let work = next() {
                work()
                condition.withLock { working -= 1 }
            }
        }

        private func next() -> (@Sendable () -> Void)? {
            condition.withLock {
                while first == queue.count {
                    if isClosed { return nil }
                    condition.wait()
                }
                let work = queue[first]
                // The place must not keep what the work holds: images, mostly.
                queue[first] = {}
                first += 1
                working += 1
                if first > 1024, first * 2 > queue.count {
                    queue.removeFirst(first)
                    first = 0
                }
                return work
            }
        }
    }
}
