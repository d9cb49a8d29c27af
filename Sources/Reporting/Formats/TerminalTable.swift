internal import Evaluation

/// A result table laid out in columns: names and improvements on the left, counts on the right.
struct TerminalTable {
    let lines: [String]

    init(lines: [String]) { self.lines = lines }

    init(_ table: ResultTable, _ style: TerminalStyle) {
        let kinds = ErrorKind.allCases
        let header =
            ["adapter"] + kinds.flatMap { ["\($0.abbreviation) ↓", "\($0.abbreviation) improvement ↑", ""] }
            + ["flagged ↓"]
        let rows = table.rows.map { row in
            [row.name.withoutControls] + kinds.flatMap { TerminalTable.cells(row.errors[$0]) } + [row.flagged]
        }
        let line = TerminalTable.layout([header] + rows, numeric: [1, 4, 7])
        let verdicts = table.rows.map { row in kinds.map { row.errors[$0].verdict } }
        lines =
            [line(header) { _, cell in style.bold(cell) }]
            + zip(rows, verdicts).map { cells, verdicts in
                line(cells) { column, cell in
                    switch column {
                    case 3: style.verdict(cell, verdicts[0])
                    case 6: style.verdict(cell, verdicts[1])
                    default: cell
                    }
                }
            }
    }

    /// The improvements of all settings side by side; a star marks what was shown.
    init(_ table: SideBySideTable, title: String, _ style: TerminalStyle) {
        let header = [title, "adapter"] + table.settings
        let rows = table.rows.map { row in
            [row.label, row.adapter].map(\.withoutControls) + row.cells.map { $0.text + ($0.isShown ? "*" : "") }
        }
        let line = TerminalTable.layout([header] + rows)
        lines = [line(header) { _, cell in style.bold(cell) }] + rows.map { line($0) { _, cell in cell } }
    }

    /// Lays out a row like all of `rows`, each cell of which may be emphasised once it has its width; nothing follows a
    /// text at the end of a line.
    static func layout(
        _ rows: [[String]], numeric: Set<Int> = []
    ) -> (_ cells: [String], _ emphasis: (Int, String) -> String) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].displayWidth }.max() ?? 0 }
        return { cells, emphasis in
            cells.enumerated().map { column, cell in
                let isLast = column == cells.count - 1 && !numeric.contains(column)
                return emphasis(
                    column, isLast ? cell : cell.padded(to: widths[column], right: numeric.contains(column)))
            }.joined(separator: "  ")
        }
    }

    private static func cells(_ cells: ResultTable.Cells) -> [String] {
        [cells.count, cells.improvement, cells.verdict?.word ?? ""]
    }
}

/// ANSI emphasis, or none: it repeats what the words say and never says more.
struct TerminalStyle {
    let isOn: Bool

    func bold(_ text: String) -> String { wrap(text, "1") }

    /// Green for improved, red for worse, dim where nothing was shown.
    func verdict(_ text: String, _ verdict: Verdict?) -> String {
        switch verdict {
        case .improved: wrap(text, "32")
        case .worse: wrap(text, "31")
        case .noEvidence, .testSetTooSmall: wrap(text, "2")
        case .none: text
        }
    }

    func wrap(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
