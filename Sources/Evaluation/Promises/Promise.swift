/// What an objective holds while it minimises something else: a promise of training images to test images.
public struct Promise: Sendable, Equatable, Codable {
    /// The kind of error that is held.
    public let kind: ErrorKind
    /// How it is held.
    public let rule: Rule

    /// How errors are held.
    public enum Rule: Sendable, Equatable {
        /// On training images, out of fold: at most floor((1 - margin) · k) errors where the base model makes k. A heuristic.
        case notAboveBase(margin: Double)
        /// The rate of errors is at most `level`: with `probability`, or in expectation where that is `nil`.
        case rate(level: Double, probability: Double?)
    }

    public init(_ kind: ErrorKind, _ rule: Rule) {
        self.kind = kind
        self.rule = rule
    }

    private enum CodingKeys: CodingKey { case kind, margin, level, probability }

    /// Reads a rate where there is a level, else a margin.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        kind = try container.decode(ErrorKind.self, forKey: .kind)
        if let level = try container.decodeIfPresent(Double.self, forKey: .level) {
            rule = .rate(level: level, probability: try container.decodeIfPresent(Double.self, forKey: .probability))
        } else {
            rule = .notAboveBase(margin: try container.decode(Double.self, forKey: .margin))
        }
    }

    /// Writes the kind and what the rule has: `margin`, or `level` and, unless it holds in expectation, `probability`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        switch rule {
        case .notAboveBase(let margin): try container.encode(margin, forKey: .margin)
        case .rate(let level, let probability):
            try container.encode(level, forKey: .level)
            try container.encodeIfPresent(probability, forKey: .probability)
        }
    }
}
