internal import Foundation

/// Threads of their own for work that blocks or computes, with a queue of limited length: the cooperative pool, which
/// answers requests, is never kept waiting.
final class WorkerPool: Sendable {
    /// The queue has no free place.
    struct Full: Error {}

    private let state: State

    /// - Parameters:
    ///   - name: what threads are called, for debuggers.
    ///   - threads: how many work at a time.
    ///   - capacity: how much work may wait.
    init(name: String, threads: Int, capacity: Int) {
        let state = State(capacity: capacity)
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

    /// How much work waits.
    var waiting: Int { state.waiting }

    /// The result of `work`, done on one of the threads.
    ///
    /// - Throws: `Full` where as much as may waits already; what `work` throws.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = state.add { continuation.resume(with: Result(catching: work)) }
            if !isTaken { continuation.resume(throwing: Full()) }
        }
    }

    /// The queue, shared by the threads.
    private final class State: @unchecked Sendable {
        // Guarded by `condition`.
        private var queue: [@Sendable () -> Void] = []
        private var first = 0
        private var isClosed = false
        private let condition = NSCondition()
        private let capacity: Int

        init(capacity: Int) { self.capacity = capacity }

        var waiting: Int { condition.withLock { queue.count - first } }

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
            while let work = next() { work() }
        }

        private func next() -> (@Sendable () -> Void)? {
            condition.withLock {
                while first == queue.count {
                    if isClosed { return nil }
                    condition.wait()
                }
                let work = queue[first]
                first += 1
                if first > 1024, first * 2 > queue.count {
                    queue.removeFirst(first)
                    first = 0
                }
                return work
            }
        }
    }
}
