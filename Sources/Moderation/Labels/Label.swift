/// A moderation label, identified by its path in a taxonomy.
///
/// Names repeat across levels (version 6.1 has `Gambling` and `Gambling/Gambling`), so a name alone is no identity.
public struct Label: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Names from the top level down; never empty.
    public let path: [String]

    /// The label at `path`, names from the top level down.
    public init(path: [String]) {
        precondition(!path.isEmpty, "a label's path has at least 1 name, given 0")
        self.path = path
    }

    /// The label written as `Parent/Child`; `nil` where a name is empty.
    public init?(_ text: String) {
        let names = text.split(separator: "/" as Character, omittingEmptySubsequences: false).map(String.init)
        guard names.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(path: names)
    }

    /// The last name of the path: what Rekognition calls `Name`.
    public var name: String { path[path.count - 1] }

    /// 1 for a top-level label: what Rekognition calls `TaxonomyLevel`.
    public var level: Int { path.count }

    /// The label one level up, or `nil` for a top-level label.
    public var parent: Label? { path.count > 1 ? Label(path: Array(path.dropLast())) : nil }

    /// The labels above this one, nearest first.
    public var ancestors: [Label] {
        (1..<path.count).reversed().map { Label(path: Array(path.prefix($0))) }
    }

    /// Whether this label stands below `other`.
    public func isDescendant(of other: Label) -> Bool {
        path.count > other.path.count && path.starts(with: other.path)
    }

    /// The path with `/` between names.
    public var description: String { path.joined(separator: "/") }

    /// Order of the paths, name by name, so that a parent comes before its children.
    public static func < (left: Label, right: Label) -> Bool {
        left.path.lexicographicallyPrecedes(right.path)
    }
}

extension Label: Codable {
    /// Reads a path, `Parent/Child`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let label = Label(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a label's path has no empty name")
        }
        self = label
    }

    /// Writes the path, `Parent/Child`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
