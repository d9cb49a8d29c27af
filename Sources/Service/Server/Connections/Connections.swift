internal import NIOCore
internal import Synchronization

/// The connections that are open.
final class Connections: Sendable {
    private struct Connection {
        let channel: any Channel
        var isHalfClosed = false
    }

    private struct State {
        var open: [ObjectIdentifier: Connection] = [:]
        var accepted = 0
        var malformed = 0
        var late = 0
    }

    /// What was counted since the start, and what is open.
    struct Counts {
        let open: Int
        let accepted: Int
        /// Requests that are no HTTP.
        let malformed: Int
        /// Connections closed because a deadline passed.
        let late: Int
    }

    private let state = Mutex(State())

    func opened(_ channel: any Channel) {
        state.withLock {
            $0.open[ObjectIdentifier(channel)] = Connection(channel: channel)
            $0.accepted += 1
        }
    }

    func closed(_ channel: any Channel) { state.withLock { $0.open[ObjectIdentifier(channel)] = nil } }

    /// The client will send no more: it half-closed the connection, or is gone. TCP does not say which.
    func halfClosed(_ channel: any Channel) {
        state.withLock { $0.open[ObjectIdentifier(channel)]?.isHalfClosed = true }
    }

    func malformedRequest() { state.withLock { $0.malformed += 1 } }

    func passedDeadline() { state.withLock { $0.late += 1 } }

    var counts: Counts {
        state.withLock {
            Counts(open: $0.open.count, accepted: $0.accepted, malformed: $0.malformed, late: $0.late)
        }
    }

    /// Whether nobody waits for an answer any more on `channel`, where one waits `seconds` by now.
    func isAbandoned(_ channel: any Channel, after seconds: Double, limits: ServerLimits) -> Bool {
        state.withLock {
            guard let connection = $0.open[ObjectIdentifier(channel)] else { return true }
            return connection.isHalfClosed && seconds > limits.abandonedSeconds
        }
    }

    /// Closes what is open, whatever it does.
    func closeAll() {
        let channels = state.withLock { $0.open.values.map(\.channel) }
        for channel in channels { channel.close(promise: nil) }
    }
}
