internal import Foundation

/// A value of an input, of the type that its shape asks for; lengths, ranges and patterns are not checked yet.
enum InputValue: Sendable, Equatable {
    case structure([String: InputValue])
    case text(String)
    case number(Double)
    case integer(Int)
    case boolean(Bool)
    case blob([UInt8])
    case list([InputValue])
    case map([String: InputValue])
}

extension InputValue: DecodableWithConfiguration {
    /// Reads what `shape` declares and nothing else: members that it does not know are never looked at.
    init(from decoder: any Decoder, configuration shape: InputShape) throws {
        switch shape {
        case .structure(let members): self = .structure(try Self.members(of: decoder, members))
        case .text: self = .text(try Self.scalar(of: decoder))
        case .number: self = .number(try Self.scalar(of: decoder))
        case .integer: self = .integer(try Self.scalar(of: decoder))
        case .boolean: self = .boolean(try Self.scalar(of: decoder))
        // The decoder's own base64, straight from the body: no text of several megabytes is made on the way.
        case .blob: self = .blob([UInt8](try Self.scalar(of: decoder, as: Data.self)))
        case .list(let element, _): self = .list(try Self.elements(of: decoder, element))
        case .map(_, let value, _): self = .map(try Self.entries(of: decoder, value))
        }
    }

    /// - Throws: always with the place: some decoders' errors about numbers and base64 come without.
    private static func scalar<Value: Decodable>(
        of decoder: any Decoder, as type: Value.Type = Value.self
    ) throws(DecodingError) -> Value {
        do {
            return try decoder.singleValueContainer().decode(type)
        } catch {
            throw .typeMismatch(type, .init(codingPath: decoder.codingPath, debugDescription: ""))
        }
    }

    private static func members(of decoder: any Decoder, _ members: [InputShape.Member]) throws -> [String: InputValue]
    {
        let container = try decoder.container(keyedBy: WireKey.self)
        var values: [String: InputValue] = [:]
        for member in members {
            let key = WireKey(stringValue: member.name)
            guard container.contains(key), try !container.decodeNil(forKey: key) else { continue }
            values[member.name] = try container.decode(InputValue.self, forKey: key, configuration: member.shape)
        }
        return values
    }

    private static func elements(of decoder: any Decoder, _ shape: InputShape) throws -> [InputValue] {
        var container = try decoder.unkeyedContainer()
        var values: [InputValue] = []
        while !container.isAtEnd { values.append(try container.decode(InputValue.self, configuration: shape)) }
        return values
    }

    private static func entries(of decoder: any Decoder, _ shape: InputShape) throws -> [String: InputValue] {
        let container = try decoder.container(keyedBy: WireKey.self)
        var values: [String: InputValue] = [:]
        for key in container.allKeys {
            values[key.stringValue] = try container.decode(InputValue.self, forKey: key, configuration: shape)
        }
        return values
    }
}
