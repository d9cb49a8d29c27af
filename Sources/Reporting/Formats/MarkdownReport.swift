internal import Evaluation

extension Report {
    /// `report.md`: what was asked, the answer, the tables, and how to run it again (GitHub Flavored Markdown).
    public static func markdown(_ input: ReportInput) -> String {
        let labels = input.settings.map { setting in
            setting.comparison.labels.map { MarkdownLabel($0, setting, input) }
        }
        let sections: [[String]] =
            [opening(input), MarkdownSideBySide.section(input), MarkdownCurves.section(input)]
            + labels.joined().map(\.results)
            + [
                MarkdownEnding.legend(input.comparison), MarkdownFigures.section(input), MarkdownMatched.section(input),
                MarkdownPromises.section(input), MarkdownStillWrong.section(input),
            ]
            + labels[0].map(\.details)
            + [MarkdownEnding.run(input), MarkdownEnding.methods(input)]
        return sections.joined().joined(separator: "\n") + "\n"
    }

    private static func opening(_ input: ReportInput) -> [String] {
        let answers = Answer.all(input).map(MarkdownText.plain)
        let question = input.question.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.isEmpty ? ">" : "> " + MarkdownText.plain(String($0))
        }
        return ["# \(MarkdownText.plain(input.experiment))", ""] + question + ["", "## Answer", ""]
            + (answers.count == 1 ? answers : answers.map { "- \($0)" }) + [""] + warnings(input)
    }

    /// Failed trials and notes come before any number that they touch.
    private static func warnings(_ input: ReportInput) -> [String] {
        let failed =
            input.failures.isEmpty
            ? [] : ["\(input.failures.count) of \(input.expectedTrials) trials failed: see \"What was run\""]
        let lines = (failed + input.notes).map { "> **Note:** \(MarkdownText.plain($0))" }
        return lines.isEmpty ? [] : Array(lines.map { [$0] }.joined(separator: [">"])) + [""]
    }
}
