internal import Foundation
internal import Synchronization

/// Work that mostly waits, on threads of its own: Swift's cooperative pool and Dispatch have one thread each core.
enum InParallel {
    /// What `body` answers for 0 up to `count`, in that order.
    static func map<Answer: Sendable>(
        _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Answer
    ) -> [Answer] {
        let work = Work(count: count, body)
        let ended = DispatchGroup()
        for _ in 0..<min(count, threads) {
            ended.enter()
            let thread = Thread {
                work.run()
                ended.leave()
            }
            thread.start()
        }
        ended.wait()
        return work.answers
    }

    private final class Work<Answer: Sendable>: Sendable {
        private let count: Int
        private let body: @Sendable (Int) -> Answer
        private let next = Atomic<Int>(0)
        private let done: Mutex<[Int: Answer]> = Mutex([:])

        init(count: Int, _ body: @escaping @Sendable (Int) -> Answer) {
            self.count = count
            self.body = body
        }

        var answers: [Answer] { done.withLock { done in (0..<count).compactMap { done[$0] } } }

        func run() {
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                let answer = body(index)
                done.withLock { $0[index] = answer }
            }
        }
    }
}
