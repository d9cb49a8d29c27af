extension Report {
    /// A gate in GitHub Flavored Markdown, for a comment on a pull request.
    public static func markdown(_ input: GateInput) -> String {
        let texts = input.rules.map { GateText($0, in: input) }
        let title = ["### Gate of \(MarkdownText.plain(input.experiment)): \(input.status.rawValue)", ""]
        let rows = zip(input.rules, texts).map { rule, text in
            ["\(rule.status.mark) \(rule.status.rawValue)", MarkdownText.plain(text.name), text.measured]
        }
        let table = rows.isEmpty ? [] : MarkdownText.table(["", "rule", "measured"], rows: rows) + [""]
        let remarks = zip(input.rules, texts).flatMap { rule, text in
            [
                "**\(MarkdownText.plain(text.name))**: " + text.remarks.map(MarkdownText.plain).joined(separator: "; "),
                "",
            ]
                + images(of: text)
        }
        let problems = input.problems.flatMap { problem in
            [
                "**error**: " + MarkdownText.plain((problem.place.map { "\($0): " } ?? "") + problem.message.onOneLine),
                "",
            ]
        }
        return (title + table + remarks + problems).dropLast().joined(separator: "\n") + "\n"
    }

    private static func images(of text: GateText) -> [String] {
        guard text.changedCount > 0 else { return [] }
        return MarkdownText.folded(
            "images that changed since the baseline: \(text.changedCount)",
            text.images.map { "- \(MarkdownText.plain($0))" })
    }
}

extension GateStatus {
    /// A sign beside the word, for those who skim.
    fileprivate var mark: String {
        switch self {
        case .pass: "✅"
        case .inconclusive: "❔"
        case .fail: "❌"
        case .error: "⚠️"
        }
    }
}
