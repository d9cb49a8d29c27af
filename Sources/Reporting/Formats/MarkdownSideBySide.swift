internal import Evaluation

/// The first section of a `report.md` of several settings: all of them side by side.
enum MarkdownSideBySide {
    /// The section; empty where there is one setting of one label, whose own table says it all.
    static func section(_ input: ReportInput) -> [String] {
        guard input.settings.count > 1 || input.comparison.labels.count > 1 else { return [] }
        let settings = input.settings.map { setting in
            let size = setting.trainingSize.map { "; \($0)" } ?? ""
            return "- \(MarkdownText.code(setting.name)): \(MarkdownText.plain(setting.split + size))"
        }
        return ["## Side by side", ""] + (settings.count > 1 ? settings + [""] : [])
            + ErrorKind.allCases.flatMap { table(SideBySideTable(input, $0), $0) }
            + [
                "Bold: improved or worse by the tests of the tables below. A mean of labels is the plain mean of theirs.",
                "",
            ]
    }

    private static func table(_ table: SideBySideTable, _ kind: ErrorKind) -> [String] {
        let header = ["\(kind.abbreviation) improvement ↑", "Adapter"] + table.settings.map(MarkdownText.plain)
        let rows = table.rows.map { row in
            [MarkdownText.plain(row.label), MarkdownText.plain(row.adapter)]
                + row.cells.map { $0.isShown ? "**\($0.text)**" : $0.text }
        }
        return MarkdownText.table(header, rows: rows) + MarkdownText.notes(table.notes)
    }
}
