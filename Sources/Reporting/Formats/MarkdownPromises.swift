internal import Evaluation
internal import Moderation

/// The section of `report.md` that holds what was promised against what test images show.
enum MarkdownPromises {
    /// The section; empty where the objective promises nothing.
    static func section(_ input: ReportInput) -> [String] {
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
        let cells = rows.map { setting, row in
            (hasSeveral ? [MarkdownText.plain(setting)] : []) + MarkdownPromises.cells(row, promise)
        }
        return ["## Promised and realised", "", "\(promise.sentence). \(promise.explanation)", ""]
            + MarkdownText.table(header, numeric: Set(header.count - 7..<header.count), rows: cells) + [""]
    }

    private static func cells(_ row: PromiseRow, _ promise: Promise) -> [String] {
        let means = [row.allowed, row.onTraining, row.onTest].map { promise.text($0, repeats: row.repeats) }
        return [MarkdownText.plain(row.label.description), MarkdownText.plain(row.adapter)]
            + [NumberText.count(row.trainingImages, repeats: row.repeats)] + means
            + [promise.text(row.largestOnTest, repeats: 1), promise.text(row.baseOnTest, repeats: row.repeats)]
            + ["\(row.repeatsAbove) of \(row.repeats)"]
    }
}
