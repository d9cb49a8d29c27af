/// A shape as JSON Schema (draft 2020-12), so that editors complete keys and mark mistakes while a file is written.
public enum JSONSchema {
    /// The schema of files of `shape`.
    public static func document(of shape: Shape, title: String) -> JSONValue {
        guard case .object(var members) = schema(of: shape) else { return .null }
        members["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
        members["title"] = .text(title)
        return .object(members)
    }

    private static func schema(of shape: Shape) -> JSONValue {
        switch shape {
        // YAML reads `version: 1` as a number, which is fine where text is asked for.
        case .text: .object(["type": .list([.text("string"), .text("number")])])
        case .name:
            .object([
                "type": .text("string"), "pattern": .text("^[A-Za-z0-9_][A-Za-z0-9._-]*$"),
                "maxLength": .integer(Shape.longestName),
            ])
        case .word(let words): .object(["enum": .list(words.map(JSONValue.text))])
        case .integer(let range): integer(range)
        case .number(let range): number(range)
        case .boolean: .object(["type": .text("boolean")])
        case .list(let element):
            .object(["type": .text("array"), "items": schema(of: element), "minItems": .integer(1)])
        case .oneOrMore(let element): .object(["anyOf": .list([schema(of: element), schema(of: .list(element))])])
        case .mapping(let keys): mapping(keys)
        case .table(_, let element):
            .object([
                "type": .text("object"), "additionalProperties": schema(of: element), "minProperties": .integer(1),
            ])
        case .tagged(let key, let variants): .object(["oneOf": .list(variants.map { tagged(key, $0) })])
        case .either(let shapes): .object(["anyOf": .list(shapes.map(schema))])
        }
    }

    private static func integer(_ range: ClosedRange<Int>) -> JSONValue {
        var members: [String: JSONValue] = ["type": .text("integer"), "minimum": .integer(range.lowerBound)]
        if range.upperBound != .max { members["maximum"] = .integer(range.upperBound) }
        return .object(members)
    }

    private static func number(_ range: NumberRange) -> JSONValue {
        var members: [String: JSONValue] = ["type": .text("number")]
        if let lower = range.lower { members[range.includesLower ? "minimum" : "exclusiveMinimum"] = .number(lower) }
        if let upper = range.upper { members[range.includesUpper ? "maximum" : "exclusiveMaximum"] = .number(upper) }
        return .object(members)
    }

    private static func mapping(_ keys: [Shape.Key], tag: (name: String, value: String)? = nil) -> JSONValue {
        var properties: [String: JSONValue] = [:]
        for key in keys { properties[key.name] = described(schema(of: key.shape), key) }
        if let tag { properties[tag.name] = .object(["const": .text(tag.value)]) }
        let required = keys.filter(\.isRequired).map { JSONValue.text($0.name) }
        return .object([
            "type": .text("object"), "properties": .object(properties), "required": .list(required),
            "additionalProperties": .boolean(false),
        ])
    }

    private static func tagged(_ key: Shape.Key, _ variant: Shape.Variant) -> JSONValue {
        guard case .object(var members) = mapping([key] + variant.keys, tag: (key.name, variant.tag)) else {
            return .null
        }
        members["description"] = .text(variant.summary)
        return .object(members)
    }

    private static func described(_ schema: JSONValue, _ key: Shape.Key) -> JSONValue {
        guard case .object(var members) = schema else { return schema }
        members["description"] = .text(key.standard.map { "\(key.summary) (left out: \($0))" } ?? key.summary)
        return .object(members)
    }
}
