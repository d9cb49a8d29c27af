internal import Synchronization

/// The memory that bodies may take all together.
final class BodyBudget: Sendable {
    private let free: Mutex<Int>

    init(bytes: Int) { free = Mutex(bytes) }

    /// Takes `bytes`; false where so many are not free.
    func take(_ bytes: Int) -> Bool {
        free.withLock {
            guard $0 >= bytes else { return false }
            $0 -= bytes
            return true
        }
    }

    func give(back bytes: Int) { free.withLock { $0 += bytes } }
}
