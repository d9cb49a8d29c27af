internal import Dispatch
internal import Foundation
internal import Harness

/// Turns ^C and a polite kill into a request to stop; a second ^C ends the program at once.
final class Interrupts {
    private var sources: [any DispatchSourceSignal] = []

    /// Listens from now on, and asks `cancellation` to stop the work.
    init(cancelling cancellation: Cancellation) {
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
