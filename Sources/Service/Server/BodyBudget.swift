internal import Synchronization

/// The memory that bodies may take all together.
final class BodyBudget: Sendable {
    private let free: Mutex<Int>

    init(bytes: Int) { free = Mutex(bytes) }

    /// What one body takes, nothing yet.
    func share() -> Share { Share(of: self) }

    private func take(_ bytes: Int) -> Bool {
        free.withLock {
            guard $0 >= bytes else { return false }
            $0 -= bytes
            return true
        }
    }

    private func give(back bytes: Int) { free.withLock { $0 += bytes } }

    /// What one body takes, until it is given back.
    final class Share: Sendable {
        private let budget: BodyBudget
        private let taken = Mutex(0)

        fileprivate init(of budget: BodyBudget) { self.budget = budget }

        /// Takes `bytes` more; false where so many are not free.
        func take(_ bytes: Int) -> Bool {
            guard budget.take(bytes) else { return false }
            taken.withLock { $0 += bytes }
            return true
        }

        /// Gives all of it back.
        func giveBack() {
            let bytes = taken.withLock { taken in
                defer { taken = 0 }
                return taken
            }
            budget.give(back: bytes)
        }
    }
}
