internal import Dispatch
internal import Foundation
internal import Synchronization

/// Turns the first ^C or polite kill into a stop that finishes what runs; the second one ends the process at once.
final class StopSignals {
    private var sources: [any DispatchSourceSignal] = []

    /// - Parameter stop: called once, on a thread of the system's.
    init(_ stop: @escaping @Sendable () -> Void) {
        let count = SignalCount()
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
            source.setEventHandler { if count.isFirst() { stop() } else { _exit(128 + number) } }
            source.resume()
            sources.append(source)
        }
    }
}

private final class SignalCount: Sendable {
    private let seen = Atomic(false)

    /// Whether no signal came before.
    func isFirst() -> Bool { !seen.exchange(true, ordering: .relaxed) }
}
