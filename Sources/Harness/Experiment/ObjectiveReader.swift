internal import Adapters
internal import Moderation

/// Reads an objective, going on after each finding; what does not fit the shape is reported already.
struct ObjectiveReader {
    private(set) var findings: [Finding] = []

    /// The objective that `value` describes, or the standard one where it describes none.
    mutating func objective(from value: YAMLValue?) -> Objective {
        let held = value?["subject_to"]?.entries ?? []
        switch value?["minimise"]?.text {
        case "errors":
            reportHeld(held, "all `errors` are minimised")
            reportUnused(["costs", "calibration"], of: value)
            return .errors
        case "cost":
            reportHeld(held, "the `cost` of errors is minimised")
            reportUnused(["calibration"], of: value)
            return leastCost(value)
        case let minimised?:
            guard let kind = Objective.ErrorKind(rawValue: minimised) else { return .falseNegatives }
            let limit = limit(held, of: kind, calibration: value?["calibration"]?.number)
            let isRate = held.contains { $0.key == "recall" || $0.key.hasSuffix("_rate") }
            reportUnused(isRate ? ["costs"] : ["costs", "calibration"], of: value)
            return .fewest(kind, holding: limit)
        case nil: return .falseNegatives
        }
    }

    private mutating func leastCost(_ value: YAMLValue?) -> Objective {
        guard let costs = value?["costs"] else {
            if let value {
                findings.append(
                    Finding(
                        "`minimise: cost` needs `costs`", at: value["minimise"]?.place ?? value.place,
                        hint: "costs: {false_negative: 5, false_positive: 1}"))
            }
            return .errors
        }
        guard let negative = costs["false_negative"]?.number, let positive = costs["false_positive"]?.number else {
            return .errors
        }
        return .leastCost(falseNegative: negative, falsePositive: positive)
    }

    /// What `entries` hold while errors of `kind` are minimised: one thing, and of the other kind.
    private mutating func limit(
        _ entries: [YAMLValue.Entry], of kind: Objective.ErrorKind, calibration: Double?
    ) -> Objective.Limit {
        for entry in entries where ObjectiveReader.kind(of: entry.key) == kind {
            findings.append(
                Finding(
                    "`\(entry.key)` holds what the objective minimises; only the other kind can be held",
                    at: entry.place))
        }
        if let second = entries.dropFirst().first {
            findings.append(
                Finding("`subject_to` holds one thing, given `\(entries[0].key)` and `\(second.key)`", at: second.place)
            )
        }
        guard let entry = entries.first else { return .notAboveBase(margin: 0) }
        if let bound = entry.value["at_most"] ?? entry.value["at_least"] {
            return rate(entry, bound: bound.number, calibration: calibration) ?? .notAboveBase(margin: 0)
        }
        return .notAboveBase(margin: entry.value["not_above_base"]?["margin"]?.number ?? 0)
    }

    private mutating func rate(
        _ entry: YAMLValue.Entry, bound: Double?, calibration: Double?
    ) -> Objective.Limit? {
        guard let sense = sense(of: entry), let bound, RateGuarantee.levels.contains(bound) else { return nil }
        let share = calibration ?? RateGuarantee.standardCalibration
        guard RateGuarantee.shares.contains(share) else { return nil }
        // 1 - 0.9 is 0.1, however it is rounded: the number is a part of the trial's identity.
        let level = entry.key == "recall" ? ((1 - bound) * 1e12).rounded() / 1e12 : bound
        return .rate(RateGuarantee(level: level, sense: sense, calibration: share))
    }

    /// In which sense a rate is to hold: exactly one must be given.
    private mutating func sense(of entry: YAMLValue.Entry) -> RateGuarantee.Sense? {
        switch (entry.value["with_probability"], entry.value["guarantee"]) {
        case (nil, nil):
            findings.append(
                Finding(
                    "`\(entry.key)` says not how surely it is to hold", at: entry.place,
                    hint: "add `with_probability: 0.95` or `guarantee: in_expectation`"))
            return nil
        case (.some, let guarantee?):
            findings.append(Finding("`with_probability` and `guarantee` exclude each other", at: guarantee.place))
            return nil
        case (let probability?, nil):
            guard let probability = probability.number, RateGuarantee.levels.contains(probability) else { return nil }
            return .probability(probability)
        case (nil, .some): return .expectation
        }
    }

    /// The kind of error that the key of a limit speaks of; `nil` for an unknown key.
    private static func kind(of key: String) -> Objective.ErrorKind? {
        switch key {
        case "recall", "false_negative_rate": .falseNegatives
        case "false_positive_rate": .falsePositives
        default: Objective.ErrorKind(rawValue: key)
        }
    }

    private mutating func reportHeld(_ held: [YAMLValue.Entry], _ reason: String) {
        if let held = held.first { findings.append(Finding("nothing is held where \(reason)", at: held.place)) }
    }

    private mutating func reportUnused(_ keys: [String], of value: YAMLValue?) {
        let uses = ["costs": "`minimise: cost`", "calibration": "a guaranteed rate"]
        for entry in value?.entries ?? [] where keys.contains(entry.key) {
            let use = uses[entry.key] ?? "another objective"
            findings.append(Finding("`\(entry.key)` goes with \(use)", at: entry.place))
        }
    }
}
