internal import Synchronization

/// Results kept by name, so that work which several labels share is done once; thread-safe.
///
/// What is kept under a name must follow from the name and the memo's owner alone. Of two threads that ask at once, one
/// computes it and the other waits; computing one value may ask for others, but never for itself.
public final class Memo: Sendable {
    private let entries = Mutex<[String: Entry]>([:])

    /// The place of one value, locked while it is computed.
    private final class Entry: Sendable {
        let value = Mutex<(any Sendable)?>(nil)
    }

    public init() {}

    /// The value kept as `name`; where there is none, the one that `compute` answers, which is kept from then on.
    public func value<Value: Sendable, Failure: Error>(
        _ name: String, compute: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let entry = entries.withLock { entries in
            let entry = entries[name] ?? Entry()
            entries[name] = entry
            return entry
        }
        return try entry.value.withLock { (kept) throws(Failure) -> Value in
            guard let known = kept else {
                let value = try compute()
                kept = value
                return value
            }
            guard let value = known as? Value else {
                preconditionFailure("`\(name)` is kept as a \(type(of: known)), asked for as a \(Value.self)")
            }
            return value
        }
    }
}
