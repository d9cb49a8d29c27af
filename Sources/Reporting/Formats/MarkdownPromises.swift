internal import Evaluation
internal import Moderation

/// The section of `report.md` that holds what was promised against what test images show.
enum MarkdownPromises {
    /// The section; empty where the objective promises nothing.
    static func section(_ table: PromiseTable?) -> [String] {
        guard let table, !table.rows.isEmpty else { return [] }
        let promise = table.promise
        let header = [
            "Label", "Adapter", "Set on (images) ↑", "Allowed there", "Made there", "On test ↓", "Worst repeat ↓",
            "Base model on test", "Repeats above",
        ]
        let rows = table.rows.map { row in
            [MarkdownText.plain(row.label.description), MarkdownText.plain(row.adapter)]
                + [NumberText.count(row.trainingImages, repeats: row.repeats)]
                + [row.allowed, row.onTraining, row.onTest].map { promise.text($0, repeats: row.repeats) }
                + [promise.text(row.largestOnTest, repeats: 1), promise.text(row.baseOnTest, repeats: row.repeats)]
                + ["\(row.repeatsAbove) of \(row.repeats)"]
        }
        return ["## Promised and realised", "", "\(promise.sentence). \(promise.explanation)", ""]
            + MarkdownText.table(header, numeric: [2, 3, 4, 5, 6, 7, 8], rows: rows) + [""]
    }
}
