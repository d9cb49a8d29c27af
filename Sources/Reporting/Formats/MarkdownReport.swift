internal import Evaluation

extension Report {
    /// `report.md`: what was asked, the answer, the tables, and how to run it again (GitHub Flavored Markdown).
    public static func markdown(_ input: ReportInput) -> String {
        let labels = input.settings.map { setting in
            setting.comparison.labels.map { LabelSection($0, setting, input) }
        }
        let blocks =
            [
                SideBySideSection.blocks(input), CurvesSection.blocks(input), labels.joined().flatMap(\.results),
                EndingSection.legend(input.comparison), FiguresSection.blocks(input), MatchedSection.blocks(input),
                PromisesSection.blocks(input), StillWrongSection.blocks(input), labels[0].flatMap(\.details),
                EndingSection.run(input),
                EndingSection.methods(input),
            ].joined()
        return (opening(input) + [MarkdownDocument.text(Array(blocks))]).joined(separator: "\n\n") + "\n"
    }

    private static func opening(_ input: ReportInput) -> [String] {
        let question = input.question.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.isEmpty ? ">" : "> " + MarkdownText.plain(String($0))
        }
        let warnings = OpeningSection.warnings(input).map { "> **Note:** \(MarkdownDocument.text($0))" }
        return [
            "# \(MarkdownText.plain(input.experiment))", question.joined(separator: "\n"),
            MarkdownDocument.text([.heading(2, "Answer")] + AnswerSection.blocks(input)),
        ] + (warnings.isEmpty ? [] : [warnings.joined(separator: "\n>\n")])
    }
}
