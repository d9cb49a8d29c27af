internal import Evaluation
internal import Moderation

extension Report {
    /// The tables of models with every two of them side by side (GitHub Flavored Markdown).
    public static func markdown(_ input: ModelReportInput) -> String {
        let notes = input.notes.map { "> **Note:** \(MarkdownText.plain($0))" }
        let refusals = RefusalText.all(input.comparison).map { refusal in
            "- \(MarkdownText.plain(refusal.sentence))\\\n  hint: \(MarkdownText.plain(refusal.hint))"
        }
        let sections: [[String]] =
            [["# Models compared", "", MarkdownText.plain(ModelText.opening(input)), ""]]
            + (notes.isEmpty ? [] : [Array(notes.map { [$0] }.joined(separator: [">"])) + [""]])
            + input.comparison.tables.map { section($0, input) }
            + [["## How to read this", ""] + ModelText.legend(input).map { "- \(MarkdownText.plain($0))" } + [""]]
            + (refusals.isEmpty ? [] : [["## Not compared", ""] + refusals + [""]])
        return sections.joined().joined(separator: "\n")
    }

    private static func section(_ table: ModelTable, _ input: ModelReportInput) -> [String] {
        let kinds = ErrorKind.allCases
        let cells = ModelCells(table, input, kinds: kinds, improvements: true)
        let header =
            ["Rank", "Model"]
            + kinds.map(\.abbreviation).flatMap { ["\($0) ↓", "\($0) improvement ↑", "\($0) vs leader"] }
            + ["Train s", "Images", "Pareto"]
        let rows = cells.rows.map { row in
            [row.rank, MarkdownText.plain(row.name)]
                + kinds.flatMap { kind in
                    let errors = row.errors[kind]
                    return [
                        "\(errors.count) of \(errors.images) (\(errors.rate))", errors.improvement,
                        MarkdownText.plain(errors.toLeader),
                    ]
                } + [row.seconds, row.trainingImages, MarkdownText.plain(row.dominated)]
        }
        return ["## \(MarkdownText.plain(table.label.description))", "", "\(ModelText.images(table)).", ""]
            + [MarkdownText.plain(LeaderText(table, input).sentence), ""]
            + MarkdownText.table(header, numeric: [2, 5, 8, 9], rows: rows) + MarkdownText.notes(cells.notes)
            + kinds.flatMap { matrix(table, $0, level: input.comparison.level) }
    }

    /// Every two models: the row's errors less the column's.
    private static func matrix(_ table: ModelTable, _ kind: ErrorKind, level: Double) -> [String] {
        var notes = Notes()
        let names = table.models.map(\.name)
        let rows = names.map { row in
            [MarkdownText.plain(row)]
                + names.map { column in
                    guard row != column else { return "" }
                    let pair = PairText(table, subject: row, reference: column, level: level)
                    let text = pair.text(kind, &notes)
                    return pair.isShown(kind) ? "**\(text)**" : text
                }
        }
        let header = ["\(kind.abbreviation), row less column"] + names.map(MarkdownText.plain)
        return ["Every two models, \(kind.name) of the row less those of the column; bold: shown.", ""]
            + MarkdownText.table(header, rows: rows) + MarkdownText.notes(notes)
    }
}
