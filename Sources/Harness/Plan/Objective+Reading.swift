internal import Adapters

extension Objective {
    /// The objective that `specification` was made of; `nil` where it is none.
    init?(specification: JSONValue) {
        if specification == .text("errors") {
            self = .errors
        } else if let word = specification.text.flatMap(ErrorKind.init(rawValue:)) {
            self = .fewest(word, holding: .notAboveBase(margin: 0))
        } else if let costs = specification["costs"] {
            guard let negative = costs["false_negative"]?.number, let positive = costs["false_positive"]?.number else {
                return nil
            }
            self = .leastCost(falseNegative: negative, falsePositive: positive)
        } else {
            guard let kind = (specification["minimise"]?.text).flatMap(ErrorKind.init(rawValue:)),
                let limit = Objective.limit(of: kind.other, in: specification)
            else { return nil }
            self = .fewest(kind, holding: limit)
        }
    }

    private static func limit(of held: ErrorKind, in specification: JSONValue) -> Limit? {
        let limits = specification["subject_to"]
        if let margin = limits?[held.rawValue]?["not_above_base"]?["margin"]?.number {
            return .notAboveBase(margin: margin)
        }
        guard let rate = limits?[rateKey(of: held)], let level = rate["at_most"]?.number,
            let calibration = specification["calibration"]?.number, RateGuarantee.levels.contains(level),
            RateGuarantee.shares.contains(calibration)
        else { return nil }
        guard let probability = rate["with_probability"]?.number else {
            return .rate(RateGuarantee(level: level, sense: .expectation, calibration: calibration))
        }
        guard RateGuarantee.levels.contains(probability) else { return nil }
        return .rate(RateGuarantee(level: level, sense: .probability(probability), calibration: calibration))
    }
}
