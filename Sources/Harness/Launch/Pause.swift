internal import Foundation

/// The time between two looks at a cluster: half a second at first, longer each time, ten seconds in the end, so that a
/// controller that serves thousands of jobs does not notice.
struct Pause {
    private var seconds = Self.shortest

    private static let shortest = 0.5
    private static let longest = 10.0

    /// Waits, and answers to a request to stop at once.
    mutating func wait(_ cancellation: Cancellation) throws {
        let end = Date.now + seconds
        while Date.now < end {
            try cancellation.check()
            Thread.sleep(forTimeInterval: 0.05)
        }
        seconds = min(Self.longest, seconds * 1.3)
    }

    /// Starts again with short times.
    mutating func shorten() { seconds = Self.shortest }
}
