/// Which of several adapters was chosen, and why.
public struct Choice: Sendable, Equatable {
    /// The adapter.
    public let adapter: Recipe.Kind
    /// One sentence without a full stop, whose counts are of training images out of fold.
    public let reason: String
}

extension Selection {
    /// Why the candidate at `place` was chosen; `nil` where the candidates are not of several adapters.
    func reason(for place: Int, of candidates: [Candidate], _ assessments: [Assessment]) -> Choice? {
        guard let kind = candidates[place].kind else { return nil }
        let best = bestPlace(among: assessments)
        let told = { (place: Int) in
            "\(candidates[place].words) with \(number(assessments[place].rank.loss)) \(objective.unit)"
        }
        var reason = told(place)
        if place == best {
            reason += ", the best of \(candidates.count) candidates"
        } else {
            let error = assessments[place].excess(over: assessments[best]).standardError
            let isBase = assessments[place].isBase
            let reach = isBase ? "which stays within two standard errors" : "the simplest within one standard error"
            reason += ", \(reach) (\(number(error))\(isBase ? " each" : "")) of the best, \(told(best))"
        }
        if candidates[place].isShiftable { reason += "; the base has \(number(objective.loss(base)))" }
        return Choice(adapter: kind, reason: reason)
    }

    private func number(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}

extension Candidate {
    /// The adapter and its hyperparameters: `kernel (strength 10, gamma 1.5)`.
    fileprivate var words: String {
        guard let kind, isShiftable else { return "the base" }
        let values = chosen.map { chosen in
            let description = kind.description.hyperparameters.first { $0.name == chosen.name }
            return "\(chosen.name) \(description?.text(of: chosen.value) ?? "\(chosen.value)")"
        }
        return kind.rawValue + (values.isEmpty ? "" : " (\(values.joined(separator: ", ")))")
    }
}

extension Objective {
    /// What its loss counts.
    fileprivate var unit: String {
        switch self {
        case .fewest(.falseNegatives, _): "false negatives"
        case .fewest(.falsePositives, _): "false positives"
        case .leastCost(1, 1): "errors"
        case .leastCost: "cost"
        }
    }
}
