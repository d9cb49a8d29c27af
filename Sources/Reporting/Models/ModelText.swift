internal import Evaluation

/// Sentences that stand around the tables of models.
enum ModelText {
    /// `Ranked by fewest false negatives, …`.
    static func opening(_ input: ModelReportInput) -> String { "Ranked by \(input.objective.description)." }

    /// `372.0 test images: 176.8 with the label, 195.2 without, means over 20 repeats of the split; threshold 50%`.
    static func images(_ table: ModelTable) -> String {
        let count = { (value: Double) in NumberText.count(value, repeats: table.repeats) }
        let kinds = ErrorKind.allCases.map { count(table.models[0].errors[$0].images) }
        let means = table.repeats > 1 ? ", means over \(table.repeats) repeats of the split" : ""
        return "\(count(table.images)) test images: \(kinds[0]) with the label, \(kinds[1]) without\(means); "
            + "threshold \(NumberText.threshold(table.thresholdConfidence))"
    }

    /// What columns and marks mean.
    static func legend(_ input: ModelReportInput) -> [String] {
        let level = NumberText.wholeShare(input.comparison.level)
        return [
            "FN: false negatives, missed; FP: false positives, wrongly flagged; less is better; vs leader: errors more "
                + "than the leader's on the same images, with the 95% interval of the pair; train s: seconds to train one "
                + "trial, the median; images: trained on",
            "rank: models that share a place (=) are not shown to differ from the first of that place in what the "
                + "objective minimises; two of them may differ from one another",
            "*: a difference is shown at \(level) over all \(input.comparison.tests) tests of every two models (Holm); an "
                + "interval answers for one pair, a star for all at once; fewer models or labels are fewer tests",
            "front: no other model makes fewer errors of one kind and no more of the other (by counts, not by tests)",
        ]
            + [LeaderText.caution(input.comparison)].compactMap { $0 }
    }
}
