/// A JSON value built in code.
public enum JSONValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case integer(Int)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue: Encodable {
    /// Writes the value; the order of keys is the encoder's.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .boolean(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }

    /// The value as JSON text with sorted keys: the same value gives the same text.
    public func text(pretty: Bool = false) -> String {
        // Only NaN and infinities have no JSON; whoever builds a value keeps them out.
        guard let text = try? json(pretty: pretty) else {
            preconditionFailure("a JSON value holds a number that is not finite")
        }
        return text
    }
}
