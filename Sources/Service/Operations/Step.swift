internal import Foundation

/// How far an operation came: to its result, or to an object that must be read first, which no detection thread waits for.
enum Step<Value>: Sendable where Value: Sendable {
    case done(Value)
    /// `read` blocks; `proceed` computes.
    case reading(read: @Sendable () throws -> Data, proceed: @Sendable (Data) throws -> Value)

    /// The step to what `transform` makes of the result.
    func map<Other: Sendable>(_ transform: @escaping @Sendable (Value) throws -> Other) rethrows -> Step<Other> {
        switch self {
        case .done(let value): .done(try transform(value))
        case .reading(let read, let proceed): .reading(read: read) { try transform(proceed($0)) }
        }
    }
}
