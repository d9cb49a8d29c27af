/// One value for each kind of error.
public struct ByErrorKind<Value> {
    /// The value for misses.
    public let falseNegatives: Value
    /// The value for false alarms.
    public let falsePositives: Value

    /// Makes the value of each kind.
    public init<Failure: Error>(_ make: (ErrorKind) throws(Failure) -> Value) throws(Failure) {
        falseNegatives = try make(.falseNegatives)
        falsePositives = try make(.falsePositives)
    }

    /// The value of `kind`.
    public subscript(kind: ErrorKind) -> Value {
        switch kind {
        case .falseNegatives: falseNegatives
        case .falsePositives: falsePositives
        }
    }
}

extension ByErrorKind: Sendable where Value: Sendable {}
extension ByErrorKind: Equatable where Value: Equatable {}
extension ByErrorKind: Encodable where Value: Encodable {}
extension ByErrorKind: Decodable where Value: Decodable {}
