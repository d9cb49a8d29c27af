internal import Moderation
internal import Yams

/// A YAML value with its place; the only type that sees the parser's own nodes.
struct YAMLValue: Sendable {
    /// What stands there.
    let content: Content
    /// Where it stands.
    let place: Place

    enum Content: Sendable {
        /// Text, and whether it was written without quotes: only then may it be read as a number or a word.
        case scalar(String, isPlain: Bool)
        case list([YAMLValue])
        case mapping([Entry])
    }

    /// A key of a mapping with its value.
    struct Entry: Sendable {
        let key: String
        let place: Place
        let value: YAMLValue
    }

    init(content: Content, place: Place) {
        self.content = content
        self.place = place
    }

    init(node: Node, file: String) {
        place = Place(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 1)
        switch node {
        case .scalar(let scalar):
            content = .scalar(scalar.string, isPlain: scalar.style == .plain || scalar.style == .any)
        case .sequence(let sequence):
            content = .list(sequence.map { YAMLValue(node: $0, file: file) })
        case .mapping(let mapping):
            content = .mapping(
                mapping.map { key, value in
                    let keyPlace = Place(file: file, line: key.mark?.line ?? 0, column: key.mark?.column ?? 1)
                    return Entry(
                        key: key.scalar?.string ?? "", place: keyPlace, value: YAMLValue(node: value, file: file))
                })
        case .alias:
            // The composer replaces aliases by what they name; one that is left names nothing.
            content = .scalar("", isPlain: true)
        }
    }

    /// Number of values in `node`, counted no further than to the first beyond `limit`.
    static func count(in node: Node, limit: Int) -> Int {
        let children =
            switch node {
            case .scalar, .alias: [Node]()
            case .sequence(let sequence): Array(sequence)
            case .mapping(let mapping): mapping.map(\.value)
            }
        var count = 1
        for child in children where count <= limit {
            count += YAMLValue.count(in: child, limit: limit - count)
        }
        return count
    }

    /// The value under `key` of a mapping, or `nil`.
    subscript(key: String) -> YAMLValue? { entries.first { $0.key == key }?.value }

    /// The entries of a mapping, in the order of the file; none for anything else.
    var entries: [Entry] {
        if case .mapping(let entries) = content { return entries }
        return []
    }

    /// The elements of a list; a single value is a list of itself.
    var elements: [YAMLValue] {
        if case .list(let elements) = content { return elements }
        return [self]
    }

    /// The text of a scalar.
    var text: String? {
        if case .scalar(let text, _) = content { return text }
        return nil
    }

    /// The number a plain scalar is.
    var number: Double? {
        if case .scalar(let text, isPlain: true) = content { return Double(text) }
        return nil
    }

    /// The truth value a plain scalar is (YAML 1.2, 10.3.2).
    var boolean: Bool? {
        guard case .scalar(let text, isPlain: true) = content else { return nil }
        return ["true": true, "True": true, "TRUE": true, "false": false, "False": false, "FALSE": false][text]
    }

    /// The whole number a plain scalar is.
    var integer: Int? {
        if case .scalar(let text, isPlain: true) = content { return Int(text) }
        return nil
    }

    /// What was given, to end the sentence "... , given ...".
    var given: String {
        switch content {
        case .scalar(let text, isPlain: true): text.isEmpty ? "nothing" : "`\(text)`"
        case .scalar(let text, isPlain: false): "the text `\(text)`"
        case .list(let elements): elements.isEmpty ? "an empty list" : "a list"
        case .mapping: "a mapping"
        }
    }
}
