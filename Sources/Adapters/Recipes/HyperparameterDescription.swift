/// A hyperparameter as data, from which the parser of the experiment file, its schema and its help derive.
public struct HyperparameterDescription: Sendable, Equatable {
    /// The name in the experiment file.
    public let name: String
    /// One sentence without a full stop.
    public let documentation: String
    /// The values allowed, ends included.
    public let range: ClosedRange<Double>
    /// What is taken where the file says nothing.
    public let defaults: [Double]
    /// Whether a list may be given, from which one value is selected on the training rows.
    public let allowsList: Bool
    /// The words that stand for the values 0, 1, 2 …, one of which is given; empty where numbers are.
    public private(set) var choices: [String] = []
    /// Whether the value 0 makes the adapter the base, bit for bit.
    public private(set) var isBaseAtZero = false

    /// What is allowed, in words: `a number from 0 to 1000000, or a list of them`.
    public var allowed: String {
        guard choices.isEmpty else { return "one of " + choices.map { "`\($0)`" }.joined(separator: ", ") }
        let number = "a number from \(shortest(range.lowerBound)) to \(shortest(range.upperBound))"
        return allowsList ? number + ", or a list of them" : number
    }

    /// Whether `values` may be given.
    public func allows(_ values: [Double]) -> Bool {
        !values.isEmpty && (allowsList || values.count == 1) && values.allSatisfy { range.contains($0) }
            && (choices.isEmpty || values.allSatisfy { $0 == $0.rounded() })
    }

    /// `value` as an experiment file writes it: a number or a word.
    public func text(of value: Double) -> String {
        Int(exactly: value).flatMap { choices.indices.contains($0) ? choices[$0] : nil } ?? shortest(value)
    }

    private func shortest(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}

extension HyperparameterDescription {
    /// One of several ways, given as a word; the first is taken where the file says nothing.
    static func choice(_ name: String, _ documentation: String, of choices: [String]) -> HyperparameterDescription {
        HyperparameterDescription(
            name: name, documentation: documentation, range: 0...Double(choices.count - 1), defaults: [0],
            allowsList: false, choices: choices)
    }

    /// How much of the adapter is added to the base score, in the papers' notation.
    static func alpha(defaults: [Double]) -> HyperparameterDescription {
        HyperparameterDescription(
            name: "alpha", documentation: "how much of it is added to the base score: 0 is the base",
            range: 0...1e6, defaults: defaults, allowsList: true, isBaseAtZero: true)
    }

    /// How far an adapter may depart from the base.
    static func strength(defaults: [Double]) -> HyperparameterDescription {
        HyperparameterDescription(
            name: "strength",
            documentation: "how far the adapter may depart from the base: 0 is the base, larger is freer (1/lambda)",
            range: 0...1e6, defaults: defaults, allowsList: true, isBaseAtZero: true)
    }
}
