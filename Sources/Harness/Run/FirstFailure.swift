internal import Synchronization

/// The first error of work that goes on in several threads: it ends the work, and is thrown when all threads are back.
final class FirstFailure: Sendable {
    private let error = Mutex<(any Error)?>(nil)

    /// Whether something failed.
    var happened: Bool { error.withLock { $0 != nil } }

    /// The result of `body`, or `nil` after it threw.
    func catching<Result>(_ body: () throws -> Result?) -> Result? {
        do {
            return try body()
        } catch {
            self.error.withLock { first in first = first ?? error }
            return nil
        }
    }

    /// Throws the first error, if there was one.
    func rethrow() throws {
        if let error = error.withLock({ $0 }) { throw error }
    }
}
