internal import Evaluation
internal import Moderation

/// The section of `report.md` that holds what was promised against what test images show.
enum MarkdownPromises {
    /// The section; empty where the objective promises nothing.
    static func section(_ input: ReportInput) -> [String] {
        let tables = input.settings.compactMap { setting in setting.promises.map { (setting.name, $0) } }
        guard let promise = tables.first?.1.promise, tables.contains(where: { !$0.1.rows.isEmpty }) else { return [] }
        let opening = ["## Promised and realised", "", "\(promise.sentence). \(promise.explanation)", ""]
        return opening
            + tables.flatMap { name, table in
                (tables.count > 1 ? ["Split \(MarkdownText.code(name)):", ""] : []) + rows(of: table) + [""]
            }
    }

    private static func rows(of table: PromiseTable) -> [String] {
        let promise = table.promise
        let header = [
            "Label", "Adapter", "Set on ↑ (images)", "Allowed there", "Made there", "On test ↓", "Worst repeat ↓",
            "Base model on test", "Repeats above",
        ]
        let rows = table.rows.map { row in
            [MarkdownText.plain(row.label.description), MarkdownText.plain(row.adapter)]
                + [NumberText.count(row.trainingImages, repeats: row.repeats)]
                + [row.allowed, row.onTraining, row.onTest].map { promise.text($0, repeats: row.repeats) }
                + [promise.text(row.largestOnTest, repeats: 1), promise.text(row.baseOnTest, repeats: row.repeats)]
                + ["\(row.repeatsAbove) of \(row.repeats)"]
        }
        return MarkdownText.table(header, numeric: [2, 3, 4, 5, 6, 7, 8], rows: rows)
    }
}
