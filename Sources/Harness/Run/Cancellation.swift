internal import Synchronization

/// A request to stop, seen by everyone who works: what is finished stays, nothing new is begun.
public final class Cancellation: Sendable {
    private let requested = Atomic(false)

    public init() {}

    /// Asks the work to stop.
    public func request() { requested.store(true, ordering: .relaxed) }

    /// Whether the work was asked to stop.
    public var isRequested: Bool { requested.load(ordering: .relaxed) }

    /// Throws if the work was asked to stop.
    func check() throws(RunError) {
        if isRequested { throw .interrupted }
    }
}
