internal import Synchronization

/// Results kept by name, so that work which several labels share is done once; thread-safe.
///
/// What is kept under a name must follow from the name and the memo's owner alone: two threads that ask at once may both
/// compute it, and either answer is kept.
public final class Memo: Sendable {
    private let values = Mutex<[String: any Sendable]>([:])

    public init() {}

    /// The value kept as `name`; where there is none, the one that `compute` answers, which is kept from then on.
    public func value<Value: Sendable, Failure: Error>(
        _ name: String, compute: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if let kept = values.withLock({ $0[name] }) {
            guard let value = kept as? Value else {
                preconditionFailure("`\(name)` is kept as a \(type(of: kept)), asked for as a \(Value.self)")
            }
            return value
        }
        let value = try compute()
        values.withLock { $0[name] = value }
        return value
    }
}
