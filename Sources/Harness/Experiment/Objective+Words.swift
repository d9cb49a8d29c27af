public import Adapters

extension Objective {
    /// The objective in words.
    public var summary: String {
        switch self {
        case .errors: "fewest errors of both kinds"
        case .leastCost(let falseNegative, let falsePositive):
            "least cost, \(shortest(falseNegative)) for a false negative and \(shortest(falsePositive)) for a false positive"
        case .fewest(let kind, .notAboveBase(let margin)):
            "fewest \(words(kind)), \(words(kind.other)) not above the base model's"
                + (margin > 0 ? " less a margin of \(shortest(margin * 100))%" : "")
        case .fewest(let kind, .rate(let guarantee)):
            "fewest \(words(kind)) at \(guarantee.summary(kind.other)), set on "
                + "\(shortest(guarantee.calibration * 100))% of the training groups concerned"
        }
    }

    private func words(_ kind: ErrorKind) -> String {
        kind == .falseNegatives ? "false negatives" : "false positives"
    }

    /// A number without digits that say nothing: 30% of 1 is 30.000000000000004.
    private func shortest(_ value: Double) -> String {
        let rounded = (value * 1e9).rounded() / 1e9
        return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}
