internal import Evaluation

/// All settings side by side.
enum SideBySideSection {
    /// Empty where there is one setting of one label, whose own table says it all.
    static func blocks(_ input: ReportInput) -> [Block] {
        guard input.settings.count > 1 || input.comparison.labels.count > 1 else { return [] }
        let settings = input.settings.map { setting in
            let size = setting.trainingSize.map { "; \($0)" } ?? ""
            return Inline.code(setting.name) + ": \(setting.split + size)"
        }
        return [.heading(2, "Side by side")] + (settings.count > 1 ? [.list(settings)] : [])
            + ErrorKind.allCases.map { .table(table(SideBySideTable(input, $0), $0)) }
            + [
                .paragraph(
                    "Bold: improved or worse by the tests of the tables below. A mean of labels is the plain mean of theirs."
                )
            ]
    }

    private static func table(_ table: SideBySideTable, _ kind: ErrorKind) -> DocumentTable {
        let header = ["\(kind.abbreviation) improvement ↑", "Adapter"] + table.settings
        let rows = table.rows.map { row in
            [Inline(row.label), Inline(row.adapter)] + row.cells.map { $0.isShown ? .strong($0.text) : Inline($0.text) }
        }
        return DocumentTable(
            "\(kind.abbreviation) improvement, side by side", header.map { Inline($0) }, rows: rows, notes: table.notes)
    }
}
