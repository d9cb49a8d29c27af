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
        let answers = comparison.labels.flatMap { wrapped(Answer($0, objective: input.objective).sentence) }
        let labels = comparison.labels.flatMap { [""] + label($0, comparison, style) }
        let legend = [""] + LabelText.legend(comparison).flatMap(wrapped)
        return (opening + answers + labels + legend + warnings(input)).joined(separator: "\n") + "\n"
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
            "failed: \($0.adapter), repetition \($0.repetition): \($0.message)"
        }
        let lines = (input.notes.map { "note: \($0)" } + failures).flatMap(wrapped)
        return lines.isEmpty ? [] : [""] + lines
    }

    /// `text` without control characters, broken at spaces into lines of at most 100 columns, all but the first indented;
    /// a longer word keeps a line of its own.
    private static func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        for word in text.withoutControls.split(separator: " ") {
            if let last = lines.last, last.displayWidth + 1 + String(word).displayWidth <= 100 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append((lines.isEmpty ? "" : "  ") + word)
            }
        }
        return lines
    }
}
