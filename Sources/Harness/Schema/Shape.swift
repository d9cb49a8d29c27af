internal import Moderation

/// What a YAML file may contain: the one source of truth for checking it, for its JSON Schema and for its help.
public indirect enum Shape: Sendable {
    /// Any text.
    case text
    /// A name that is safe as a file's name: at most 100 letters, digits, `.`, `_` and `-`.
    case name
    /// One of these words.
    case word([String])
    /// A whole number.
    case integer(ClosedRange<Int>)
    /// A number.
    case number(NumberRange)
    /// `true` or `false`.
    case boolean
    /// A list of values of one shape, at least one.
    case list(Shape)
    /// A value, or a list of such values.
    case oneOrMore(Shape)
    /// A mapping of known keys.
    case mapping([Key])
    /// A mapping whose keys are free; `keys` says in words what they are.
    case table(keys: String, Shape)
    /// A mapping whose keys depend on the word under `key`.
    case tagged(key: Key, variants: [Variant])
    /// Any of these shapes.
    case either([Shape])

    /// A key of a mapping.
    public struct Key: Sendable {
        /// The key as written.
        public let name: String
        /// What stands under it.
        public let shape: Shape
        /// Whether it may be left out.
        public let isRequired: Bool
        /// What it means, in one sentence.
        public let summary: String
        /// What leaving it out means, as it would be written, or `nil`.
        public let standard: String?

        public init(
            _ name: String, _ shape: Shape, required: Bool = false, default standard: String? = nil, _ summary: String
        ) {
            self.name = name
            self.shape = shape
            self.isRequired = required
            self.standard = standard
            self.summary = summary
        }
    }

    /// The keys that go with one value of a tagged mapping's key.
    public struct Variant: Sendable {
        /// The value of the tag.
        public let tag: String
        /// What it stands for, in one sentence.
        public let summary: String
        /// The further keys it allows.
        public let keys: [Key]

        public init(tag: String, summary: String, keys: [Key]) {
            self.tag = tag
            self.summary = summary
            self.keys = keys
        }
    }
}

/// The numbers a value may have.
public struct NumberRange: Sendable, Hashable {
    /// The lowest value, if there is one.
    public let lower: Double?
    /// The highest value, if there is one.
    public let upper: Double?
    /// Whether the lowest value itself is allowed.
    public let includesLower: Bool
    /// Whether the highest value itself is allowed.
    public let includesUpper: Bool

    public init(
        from lower: Double? = nil, to upper: Double? = nil, includesLower: Bool = true, includesUpper: Bool = true
    ) {
        self.lower = lower
        self.upper = upper
        self.includesLower = includesLower
        self.includesUpper = includesUpper
    }

    /// Whether `value` is a finite number in the range.
    public func contains(_ value: Double) -> Bool {
        guard value.isFinite else { return false }
        if let lower, includesLower ? value < lower : value <= lower { return false }
        if let upper, includesUpper ? value > upper : value >= upper { return false }
        return true
    }

    /// The range in words: `from 0 to below 100`.
    var phrase: String {
        let low = lower.map { includesLower ? " from \(plain($0))" : " above \(plain($0))" } ?? ""
        let high = upper.map { upper in
            let word = includesUpper ? (lower == nil ? "up to" : "to") : (includesLower ? "to below" : "and below")
            return " \(word) \(plain(upper))"
        }
        return low + (high ?? "")
    }

    private func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}

extension Shape {
    /// Characters that a name may have: file systems take 255, some of which endings need.
    static let longestName = 100

    /// The shape in words, to end the sentence "`key` is ...".
    var phrase: String {
        switch self {
        case .text: "text"
        case .name: "a name of at most \(Shape.longestName) letters, digits, `.`, `_` and `-`"
        case .word(let words): words.count == 1 ? "`\(words[0])`" : "one of \(Names.list(words))"
        case .integer(let range): "a whole number\(Shape.phrase(of: range))"
        case .number(let range): "a number\(range.phrase)"
        case .boolean: "`true` or `false`"
        case .list(let element): "a list, each element \(element.phrase)"
        case .oneOrMore(let element): "\(element.phrase), or a list of such"
        case .mapping(let keys): "a mapping with the keys \(Names.list(keys.map(\.name)))"
        case .table(let keys, let value): "a mapping from \(keys) to \(value.phrase)"
        case .tagged(let key, _): "a mapping with the key `\(key.name)`"
        case .either(let shapes): shapes.map(\.phrase).joined(separator: ", or ")
        }
    }

    private static func phrase(of range: ClosedRange<Int>) -> String {
        range.upperBound == .max ? " from \(range.lowerBound)" : " from \(range.lowerBound) to \(range.upperBound)"
    }
}
