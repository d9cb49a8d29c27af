internal import Dispatch
internal import Foundation
internal import Harness

/// Turns ^C and a polite kill into a request to stop; a second ^C ends the program at once.
final class Interrupts {
    private var sources: [any DispatchSourceSignal] = []

    /// The result of `body`, whose work ^C stops.
    static func stopping<Result>(_ body: (Cancellation) throws -> Result) rethrows -> Result {
        let cancellation = Cancellation()
        return try withExtendedLifetime(Interrupts(cancelling: cancellation)) { try body(cancellation) }
    }

    /// Listens from now on, and asks `cancellation` to stop the work.
    private init(cancelling cancellation: Cancellation) {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInitiated))
            source.setEventHandler {
                if cancellation.isRequested { Foundation.exit(ExitStatus.interrupted.rawValue) }
                cancellation.request()
                Talk.say("\nstopping; what is finished is kept (again to stop at once)")
            }
            source.resume()
            sources.append(source)
        }
    }
}
