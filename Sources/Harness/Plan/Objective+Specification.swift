internal import Adapters

extension Objective {
    /// The objective as an experiment file writes it, defaults written out; one word where one says it all.
    var specification: JSONValue {
        switch self {
        case .errors: .text("errors")
        case .leastCost(let falseNegative, let falsePositive):
            .object([
                "minimise": .text("cost"),
                "costs": .object(["false_negative": .number(falseNegative), "false_positive": .number(falsePositive)]),
            ])
        case .fewest(let kind, .notAboveBase(margin: 0)): .text(kind.rawValue)
        case .fewest(let kind, .notAboveBase(let margin)):
            .object([
                "minimise": .text(kind.rawValue),
                "subject_to": .object([
                    kind.other.rawValue: .object(["not_above_base": .object(["margin": .number(margin)])])
                ]),
            ])
        case .fewest(let kind, .rate(let guarantee)):
            .object([
                "minimise": .text(kind.rawValue),
                "subject_to": .object([Objective.rateKey(of: kind.other): guarantee.specification]),
                "calibration": .number(guarantee.calibration),
            ])
        }
    }

    static func rateKey(of kind: ErrorKind) -> String {
        kind == .falseNegatives ? "false_negative_rate" : "false_positive_rate"
    }
}

extension RateGuarantee {
    fileprivate var specification: JSONValue {
        switch sense {
        case .probability(let probability):
            .object(["at_most": .number(level), "with_probability": .number(probability)])
        case .expectation: .object(["at_most": .number(level), "guarantee": .text("in_expectation")])
        }
    }
}
