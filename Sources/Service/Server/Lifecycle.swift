internal import Synchronization

/// Whether a server still takes requests.
final class Lifecycle: Sendable {
    private let stopping = Atomic(false)

    var isStopping: Bool { stopping.load(ordering: .relaxed) }

    /// From now on it does not; false where somebody said so before.
    func stop() -> Bool { !stopping.exchange(true, ordering: .relaxed) }
}
