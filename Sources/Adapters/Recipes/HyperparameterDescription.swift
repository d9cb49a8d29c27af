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

    /// What is allowed, in words: `a number from 0 to 1000000, or a list of them`.
    public var allowed: String {
        let number = "a number from \(shortest(range.lowerBound)) to \(shortest(range.upperBound))"
        return allowsList ? number + ", or a list of them" : number
    }

    /// Whether `values` may be given.
    public func allows(_ values: [Double]) -> Bool {
        !values.isEmpty && (allowsList || values.count == 1) && values.allSatisfy { range.contains($0) }
    }

    private func shortest(_ value: Double) -> String {
        Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }
}
