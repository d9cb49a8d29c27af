internal import Evaluation
internal import Moderation

/// What was promised against what test images show.
enum PromisesSection {
    /// Empty where the objective promises nothing.
    static func blocks(_ input: ReportInput) -> [Block] {
        let rows = input.settings.flatMap { setting in
            (setting.promises?.rows ?? []).map { (setting: setting.name, row: $0) }
        }
        guard let promise = input.settings.lazy.compactMap(\.promises).first?.promise, !rows.isEmpty else { return [] }
        let hasSeveral = input.settings.count > 1
        let header =
            (hasSeveral ? ["Split"] : []) + [
                "Label", "Adapter", "Set on (images) ↑", "Allowed there", "Made there", "On test ↓", "Worst repeat ↓",
                "Base model on test", "Repeats above",
            ]
        let cells = rows.map { setting, row in (hasSeveral ? [setting] : []) + PromisesSection.cells(row, promise) }
        return [
            .heading(2, "Promised and realised"),
            .paragraph(Inline("\(promise.sentence). \(promise.explanation)")),
            .table(
                DocumentTable(
                    "Promised and realised", header.map { Inline($0) },
                    numeric: Set(header.count - 7..<header.count), rows: cells.map { $0.map { Inline($0) } })),
        ]
    }

    private static func cells(_ row: PromiseRow, _ promise: Promise) -> [String] {
        let means = [row.allowed, row.onTraining, row.onTest].map { promise.text($0, repeats: row.repeats) }
        return [row.label.description, row.adapter, NumberText.count(row.trainingImages, repeats: row.repeats)] + means
            + [promise.text(row.largestOnTest, repeats: 1), promise.text(row.baseOnTest, repeats: row.repeats)]
            + ["\(row.repeatsAbove) of \(row.repeats)"]
    }
}
