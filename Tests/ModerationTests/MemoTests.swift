import Moderation
import Synchronization
import Testing

@Suite("Memo")
struct MemoTests {
    private final class Counter: Sendable {
        let count = Mutex(0)
    }

    @Test("Threads that ask at once get one value, computed once")
    func computesOnce() async {
        let memo = Memo()
        let counter = Counter()
        await withTaskGroup(of: Int.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    memo.value("number") {
                        counter.count.withLock { $0 += 1 }
                        return memo.value("half of it") { 21 } * 2
                    }
                }
            }
            for await value in group { #expect(value == 42) }
        }
        #expect(counter.count.withLock { $0 } == 1)
    }

    @Test("What failed is computed again")
    func failureIsNotKept() throws {
        struct Failure: Error {}
        let memo = Memo()
        #expect(throws: Failure.self) { try memo.value("number") { () throws(Failure) -> Int in throw Failure() } }
        #expect(memo.value("number") { 1 } == 1)
    }
}
