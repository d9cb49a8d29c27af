internal import Dispatch
internal import Foundation
internal import Synchronization

/// Threads for blocking arithmetic, apart from the cooperative pool that must never block.
public enum Workers {
    /// Number of threads that keep the machine busy: one each core, since every thread computes alone.
    public static var standardCount: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// Calls `body` with 0 ..< `count`, `jobs` at a time; which thread takes which index depends on timing, so results
    /// must be kept by index.
    public static func forEach(_ count: Int, jobs: Int, _ body: @Sendable (Int) -> Void) {
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: min(max(1, jobs), max(1, count))) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                body(index)
            }
        }
    }

    /// The results of `body` for 0 ..< `count`, in that order.
    public static func map<Result: Sendable>(
        _ count: Int, jobs: Int, _ body: @Sendable (Int) -> Result
    ) -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: count))
        forEach(count, jobs: jobs) { index in
            let result = body(index)
            results.withLock { $0[index] = result }
        }
        return results.withLock { $0.compactMap { $0 } }
    }
}
