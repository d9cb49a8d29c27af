extension Report {
    /// A gate as plain text for a terminal: a table of the rules, and below it why each is so.
    ///
    /// - Parameter styled: whether to add ANSI emphasis.
    public static func terminal(_ input: GateInput, styled: Bool = false) -> String {
        let style = TerminalStyle(isOn: styled)
        let opening = style.bold("\(input.experiment.withoutControls): \(summary(input))")
        let remarks = input.rules.flatMap { stanza(on: $0, GateText($0, in: input)) }
        let problems = input.problems.flatMap { problem in
            [""] + lines(of: "error: \(problem.sentence())")
                + lines(of: problem.hint.map { "  hint: \($0)" })
        }
        return ([opening] + table(of: input, style) + remarks + problems).joined(separator: "\n") + "\n"
    }

    private static func table(of input: GateInput, _ style: TerminalStyle) -> [String] {
        guard !input.rules.isEmpty else { return [] }
        let header = ["", "rule", "measured"]
        let rows = input.rules.map { rule in
            let text = GateText(rule, in: input)
            return [rule.status.rawValue, text.name.withoutControls, text.measured]
        }
        let line = TerminalTable.layout([header] + rows)
        let body = zip(input.rules, rows).map { rule, cells in
            line(cells) { column, cell in column == 0 ? style.status(cell, rule.status) : cell }
        }
        return [line(header) { _, cell in style.bold(cell) }] + body
    }

    /// Why the status of `rule` is what it is.
    private static func stanza(on rule: GateInput.Rule, _ text: GateText) -> [String] {
        let sentences = text.remarks.flatMap { lines(of: $0) }.map { "  \($0)" }
        let images = text.images.map { "    \($0.withoutControls)" }
        return [""] + TerminalText.wrapped("\(rule.status.rawValue): \(text.name)") + sentences + images
    }

    /// `text` as lines of a terminal; a hint keeps to one, so that its command can be copied.
    private static func lines(of text: String?) -> [String] {
        guard let text else { return [] }
        return text.contains("hint: ") ? [text.withoutControls] : TerminalText.wrapped(text)
    }

    /// How many rules there are of each status, the worst first: `1 rule fails, 2 pass`.
    static func summary(_ input: GateInput) -> String {
        let counts = GateStatus.allCases.reversed().compactMap { status -> String? in
            let count = input.rules.count { $0.status == status }
            return count > 0 ? "\(count) \(status.rawValue)" : nil
        }
        let others = input.problems.count
        let parts = counts + (others > 0 ? ["\(others) other error\(others == 1 ? "" : "s")"] : [])
        let rules = "\(input.rules.count) rule\(input.rules.count == 1 ? "" : "s")"
        return "gate \(input.status.rawValue)" + (counts.isEmpty ? "" : " (\(rules): \(parts.joined(separator: ", ")))")
    }
}

extension TerminalStyle {
    /// Green for pass, red for fail and error, yellow for what is not known.
    func status(_ text: String, _ status: GateStatus) -> String {
        switch status {
        case .pass: wrap(text, "32")
        case .inconclusive: wrap(text, "33")
        case .fail, .error: wrap(text, "31")
        }
    }
}

extension String {
    /// The text with its lines put together.
    var onOneLine: String { split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: "; ") }
}
