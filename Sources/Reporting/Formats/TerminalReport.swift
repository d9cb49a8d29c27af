internal import Evaluation
internal import Moderation

extension Report {
    /// The tables as plain text for a terminal: aligned, readable without colour, control characters removed.
    ///
    /// - Parameter styled: whether to add ANSI emphasis; the caller knows the terminal and `NO_COLOR`.
    public static func terminal(_ input: ReportInput, styled: Bool = false) -> String {
        let style = TerminalStyle(isOn: styled)
        let comparison = input.comparison
        let question = input.question.split(separator: "\n").first.map { ": \($0)" } ?? ""
        let opening = wrapped(input.experiment + question).map(style.bold)
        let answers = Answer.all(input).flatMap(wrapped)
        let settings = sideBySide(input, style)
        let labels = comparison.labels.flatMap { [""] + label($0, comparison, style) }
        let legend = [""] + LabelText.legend(comparison).flatMap(wrapped)
        return (opening + answers + settings + labels + legend + warnings(input)).joined(separator: "\n") + "\n"
    }

    /// All settings side by side and what the curves answer; the tables below are those of the main setting.
    private static func sideBySide(_ input: ReportInput, _ style: TerminalStyle) -> [String] {
        guard input.settings.count > 1 || input.comparison.labels.count > 1 else { return curves(input) }
        let tables = ErrorKind.allCases.flatMap { kind in
            let table = SideBySideTable(input, kind)
            return [""] + TerminalTable(table, title: "\(kind.abbreviation) improvement ↑", style).lines
                + table.notes.lines.flatMap(wrapped)
        }
        let main = input.settings.count > 1 ? ["", "Split \(input.settings[0].name), \(input.settings[0].split):"] : []
        return tables + wrapped("*: improved or worse, shown by the tests of the report") + curves(input)
            + main.flatMap { $0.isEmpty ? [$0] : wrapped($0) }
    }

    private static func curves(_ input: ReportInput) -> [String] {
        input.curves.flatMap { curve in
            [""] + wrapped("\(curve.label), split \(curve.split), training images needed:")
                + CurveText(curve).answers(input.objective.minimised).flatMap(wrapped)
        }
    }

    private static func label(
        _ label: LabelComparison, _ comparison: Comparison, _ style: TerminalStyle
    ) -> [String] {
        let table = ResultTable(label)
        let title = wrapped("\(label.label), \(LabelText.images(label, comparison))").map(style.bold)
        let remarks = LabelText.limits(label) + LabelText.advice(label)
        return title + TerminalTable(table, style).lines + table.notes.lines.flatMap(wrapped)
            + remarks.flatMap(wrapped)
    }

    private static func warnings(_ input: ReportInput) -> [String] {
        let failures = input.failures.map {
            "failed: \($0.adapter)\($0.place), repetition \($0.repetition): \($0.message)"
        }
        let lines = (input.notes.map { "note: \($0)" } + failures).flatMap(wrapped)
        return lines.isEmpty ? [] : [""] + lines
    }

    private static func wrapped(_ text: String) -> [String] { TerminalText.wrapped(text) }
}
