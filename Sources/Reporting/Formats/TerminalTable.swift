internal import Evaluation

/// A result table laid out in columns: names and improvements on the left, counts on the right.
struct TerminalTable {
    let lines: [String]

    init(_ table: ResultTable, _ style: TerminalStyle) {
        let kinds = ErrorKind.allCases
        let header =
            ["adapter"] + kinds.flatMap { ["\($0.abbreviation) ↓", "\($0.abbreviation) improvement ↑", ""] }
            + ["flagged ↓"]
        let rows = table.rows.map { row in
            [row.name.withoutControls] + kinds.flatMap { TerminalTable.cells(row.errors[$0]) } + [row.flagged]
        }
        let widths = header.indices.map { column in
            ([header] + rows).map { $0[column].displayWidth }.max() ?? 0
        }
        let isNumeric: Set = [1, 4, 7]
        let line = { (cells: [String], emphasis: (Int, String) -> String) in
            cells.enumerated().map { column, cell in
                emphasis(column, cell.padded(to: widths[column], right: isNumeric.contains(column)))
            }.joined(separator: "  ")
        }
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

    private func wrap(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
