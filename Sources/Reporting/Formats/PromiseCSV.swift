internal import Evaluation
internal import Moderation

extension Report {
    /// `promises.csv`: one row per label and adapter, what was promised and what became of it, at full precision (RFC 4180);
    /// `nil` where the objective promises nothing.
    public static func promisesCSV(_ input: ReportInput) -> String? {
        guard let table = input.promises else { return nil }
        let header = [
            "project", "experiment", "label", "adapter", "error_kind", "rule", "margin", "level", "probability",
            "repeats", "training_images", "allowed", "on_training", "on_test", "largest_on_test", "base_on_test",
            "repeats_above",
        ]
        let rule = fields(of: table.promise)
        let rows = table.rows.map { row in
            [input.project, input.experiment, row.label.description, row.adapter] + rule
                + ["\(row.repeats)", "\(row.trainingImages)", "\(row.allowed)", "\(row.onTraining)", "\(row.onTest)"]
                + ["\(row.largestOnTest)", "\(row.baseOnTest)", "\(row.repeatsAbove)"]
        }
        return ([header] + rows).map(csvLine).joined()
    }

    private static func fields(of promise: Promise) -> [String] {
        switch promise.rule {
        case .notAboveBase(let margin): [promise.kind.rawValue, "not_above_base", "\(margin)", "", ""]
        case .rate(let level, let probability):
            [promise.kind.rawValue, probability == nil ? "in_expectation" : "with_probability", "", "\(level)"]
                + [probability.map { "\($0)" } ?? ""]
        }
    }
}
