internal import Foundation
internal import Synchronization

/// The value of the header `Date`, by which SDKs set their clocks.
final class DateField: Sendable {
    private let last = Mutex((second: 0, text: ""))

    /// The time now, formatted once a second.
    var value: String {
        let now = time(nil)
        return last.withLock { last in
            if last.second != now { last = (now, HTTPDate.text(now)) }
            return last.text
        }
    }
}
