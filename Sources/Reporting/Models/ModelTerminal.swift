internal import Evaluation
internal import Moderation

extension Report {
    /// With so few models, every two are told of on a terminal too.
    private static let fewModels = 4
    private static let width = 80

    /// The tables of models as plain text for a terminal of 80 columns, where names allow it.
    ///
    /// - Parameter styled: whether to add ANSI emphasis; the caller knows the terminal and `NO_COLOR`.
    public static func terminal(_ input: ModelReportInput, styled: Bool = false) -> String {
        let style = TerminalStyle(isOn: styled)
        let tables = input.comparison.tables.flatMap { [""] + table($0, input, style) }
        let refusals = RefusalText.all(input.comparison).flatMap { refusal in
            wrapped(refusal.sentence) + wrapped("hint: \(refusal.hint)").map { "  \($0)" }
        }
        let notes = input.notes.flatMap { wrapped("note: \($0)") }
        let lines =
            wrapped(ModelText.opening(input)) + tables + [""] + ModelText.legend(input).flatMap(wrapped)
            + (refusals.isEmpty ? [] : [""] + refusals) + (notes.isEmpty ? [] : [""] + notes)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func table(
        _ table: ModelTable, _ input: ModelReportInput, _ style: TerminalStyle
    ) -> [String] {
        let kinds = input.objective.minimised.map { [$0] } ?? ErrorKind.allCases
        let cells = ModelCells(table, input, kinds: kinds, improvements: false)
        let title = wrapped("\(table.label), \(ModelText.images(table))").map(style.bold)
        return title + wrapped(LeaderText(table, input).sentence)
            + TerminalTable(cells, kinds: kinds, style).lines
            + cells.notes.lines.flatMap(wrapped) + pairs(table, input)
    }

    /// Every two models but the leader, whose column there is already; of many it is said where they are.
    private static func pairs(_ table: ModelTable, _ input: ModelReportInput) -> [String] {
        let others = table.pairs.filter { ![$0.subject, $0.reference].contains(table.models[0].name) }
        guard !others.isEmpty else { return [] }
        guard table.models.count <= fewModels else {
            return ["every two models side by side: `--format markdown` or `--format json`"]
        }
        var notes = Notes()
        return others.flatMap { pair -> [String] in
            let text = PairText(
                table, subject: pair.subject, reference: pair.reference, level: input.comparison.level)
            let cells = ErrorKind.allCases.map { "\($0.abbreviation) \(text.starred($0, &notes))" }
            return wrapped("`\(pair.subject)` vs `\(pair.reference)`: \(cells.joined(separator: ", "))")
        } + notes.lines.flatMap(wrapped)
    }

    private static func wrapped(_ text: String) -> [String] { TerminalText.wrapped(text, width: width) }
}

extension TerminalTable {
    /// The table of models, against the leader in errors of `kinds`.
    init(_ cells: ModelCells, kinds: [ErrorKind], _ style: TerminalStyle) {
        let header =
            ["rank", "model", "FN ↓", "FP ↓"] + kinds.map { "\($0.abbreviation) vs leader" }
            + ["train s", "images", "Pareto"]
        let rows = cells.rows.map { row in
            [row.rank, row.name.withoutControls, row.errors.falseNegatives.count, row.errors.falsePositives.count]
                + kinds.map { row.errors[$0].toLeader } + [row.seconds, row.trainingImages, row.front]
        }
        let line = TerminalTable.layout([header] + rows, numeric: [2, 3, kinds.count + 4, kinds.count + 5])
        self.init(
            lines: [line(header) { _, cell in style.bold(cell) }] + rows.map { line($0) { _, cell in cell } })
    }
}
