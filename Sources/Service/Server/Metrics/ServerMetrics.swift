internal import Synchronization

/// What a server counts of its requests.
final class ServerMetrics: Sendable {
    /// What requests are counted by.
    struct Kind: Hashable {
        let operation: String
        /// `OK`, or the exception.
        let code: String
    }

    /// The counts at one moment.
    struct Counts {
        var requests: [Kind: Int] = [:]
        /// By operation, from the head's end to the answer.
        var seconds: [String: Histogram] = [:]
        /// By operation, in the queue for a thread.
        var waited: [String: Histogram] = [:]
        var images = 0
        var inFlight = 0
    }

    private let counts = Mutex(Counts())

    var current: Counts { counts.withLock { $0 } }

    func began() { counts.withLock { $0.inFlight += 1 } }

    /// A request of `facts` was answered within `seconds`.
    func ended(_ facts: RequestRecord.Facts, seconds: Double) {
        counts.withLock {
            $0.inFlight -= 1
            $0.requests[Kind(operation: facts.operation, code: facts.code ?? "OK"), default: 0] += 1
            $0.seconds[facts.operation, default: Histogram()].add(seconds)
            $0.waited[facts.operation, default: Histogram()].add(facts.waited)
            if facts.isModerated { $0.images += 1 }
        }
    }
}
