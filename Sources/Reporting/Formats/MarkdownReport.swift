internal import Evaluation

extension Report {
    /// `report.md`: what was asked, the answer, the tables, and how to run it again (GitHub Flavored Markdown).
    public static func markdown(_ input: ReportInput) -> String {
        let labels = input.comparison.labels.map { MarkdownLabel($0, input) }
        let sections: [[String]] =
            [opening(input)]
            + labels.map(\.results)
            + [MarkdownEnding.legend(input.comparison)]
            + [MarkdownPromises.section(input.promises)]
            + labels.map(\.details)
            + [MarkdownEnding.run(input), MarkdownEnding.methods(input.comparison)]
        return sections.joined().joined(separator: "\n") + "\n"
    }

    private static func opening(_ input: ReportInput) -> [String] {
        let answers = input.comparison.labels.map {
            MarkdownText.plain(Answer($0, objective: input.objective).sentence)
        }
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
