internal import Moderation

/// What a head is chosen for, counted on training rows at the operating threshold.
public enum Objective: String, Sendable, CaseIterable, Codable {
    /// Fewest false negatives with no more false positives than the base has; then fewest false positives.
    case falseNegatives = "false_negatives"
    /// Fewest false positives with no more false negatives than the base has; then fewest false negatives.
    case falsePositives = "false_positives"
    /// Fewest errors of both kinds together; then fewest false positives.
    case errors

    /// Whether `errors` keep what the objective holds the base's.
    func allows(_ errors: ErrorCounts, base: ErrorCounts) -> Bool {
        switch self {
        case .falseNegatives: errors.falsePositives <= base.falsePositives
        case .falsePositives: errors.falseNegatives <= base.falseNegatives
        case .errors: true
        }
    }

    /// What is compared, first to last: lower is better.
    func rank(_ errors: ErrorCounts) -> (Int, Int) {
        switch self {
        case .falseNegatives: (errors.falseNegatives, errors.falsePositives)
        case .falsePositives: (errors.falsePositives, errors.falseNegatives)
        case .errors: (errors.falseNegatives + errors.falsePositives, errors.falsePositives)
        }
    }
}

/// The errors of scores at a threshold.
struct ErrorCounts: Sendable, Equatable {
    /// Positives that are not flagged.
    let falseNegatives: Int
    /// Negatives that are flagged.
    let falsePositives: Int
}

extension ErrorCounts {
    /// The errors of `scores`, which are logits, at `threshold`.
    init(of scores: [Float], truth: [Bool], threshold: Threshold) {
        precondition(scores.count == truth.count, "\(scores.count) scores for \(truth.count) truths")
        let decisions = zip(scores.map(threshold.flags), truth)
        self.init(
            falseNegatives: decisions.count { !$0 && $1 }, falsePositives: decisions.count { $0 && !$1 })
    }
}
