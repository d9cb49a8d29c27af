internal import Synchronization

/// The values that were used last, so many of them.
final class RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct State {
        var values: [Key: (value: Value, used: Int)] = [:]
        var uses = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    func value(for key: Key) -> Value? {
        state.withLock { state in
            guard let value = state.values[key]?.value else { return nil }
            state.uses += 1
            state.values[key]?.used = state.uses
            return value
        }
    }

    /// Keeps `value`, in place of the one that was not used for longest where there are as many as may be.
    func keep(_ value: Value, for key: Key) {
        state.withLock { state in
            state.uses += 1
            state.values[key] = (value, state.uses)
            guard state.values.count > capacity else { return }
            if let oldest = state.values.min(by: { $0.value.used < $1.value.used }) { state.values[oldest.key] = nil }
        }
    }

    func remove(_ key: Key) { state.withLock { $0.values[key] = nil } }
}
