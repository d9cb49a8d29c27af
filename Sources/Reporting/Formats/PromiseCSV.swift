internal import Evaluation
internal import Moderation

extension Report {
    /// `promises.csv`: one row per split, label and adapter, what was promised and what became of it, at full precision (RFC 4180);
    /// `nil` where the objective promises nothing.
    public static func promisesCSV(_ input: ReportInput) -> String? {
        let tables = input.settings.compactMap { setting in setting.promises.map { (setting.name, $0) } }
        guard !tables.isEmpty else { return nil }
        let header = [
            "project", "experiment", "split", "label", "adapter", "error_kind", "rule", "margin", "level", "probability",
            "repeats", "training_images", "allowed", "on_training", "on_test", "largest_on_test", "base_on_test",
            "repeats_above",
        ]
        let rows = tables.flatMap { split, table in
            table.rows.map { row -> [String] in
                let place = [input.project, input.experiment, split, row.label.description, row.adapter]
                let counts = ["\(row.repeats)", "\(row.trainingImages)", "\(row.allowed)"]
                let realised = [row.onTraining, row.onTest, row.largestOnTest, row.baseOnTest].map { "\($0)" }
                return place + fields(of: table.promise) + counts + realised + ["\(row.repeatsAbove)"]
            }
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
