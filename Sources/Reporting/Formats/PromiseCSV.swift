internal import Evaluation
internal import Moderation

extension Report {
    /// `promises.csv`: one row per setting, label and adapter, what was promised and what became of it, at full precision
    /// (RFC 4180); `nil` where the objective promises nothing.
    public static func promisesCSV(_ input: ReportInput) -> String? {
        let rows = input.settings.flatMap { setting in
            (setting.promises?.rows ?? []).map { fields(of: $0, setting, input) }
        }
        return rows.isEmpty ? nil : csv(rows)
    }

    private static func fields(
        of row: PromiseRow, _ setting: ReportInput.Setting, _ input: ReportInput
    ) -> [CSVRow.Field] {
        [
            ("project", input.project), ("experiment", input.experiment), ("split", setting.name),
            ("label", row.label.description), ("adapter", row.adapter),
        ] + (setting.promises.map { fields(of: $0.promise) } ?? []) + [
            ("repeats", "\(row.repeats)"), ("training_images", "\(row.trainingImages)"),
            ("allowed", "\(row.allowed)"), ("on_training", "\(row.onTraining)"), ("on_test", "\(row.onTest)"),
            ("largest_on_test", "\(row.largestOnTest)"), ("base_on_test", "\(row.baseOnTest)"),
            ("repeats_above", "\(row.repeatsAbove)"),
        ]
    }

    private static func fields(of promise: Promise) -> [CSVRow.Field] {
        let values =
            switch promise.rule {
            case .notAboveBase(let margin): ["not_above_base", "\(margin)", "", ""]
            case .rate(let level, let probability?): ["with_probability", "", "\(level)", "\(probability)"]
            case .rate(let level, nil): ["in_expectation", "", "\(level)", ""]
            }
        return [
            ("error_kind", promise.kind.rawValue), ("rule", values[0]), ("margin", values[1]), ("level", values[2]),
            ("probability", values[3]),
        ]
    }
}
