internal import Evaluation

/// What a reader has to know before any number.
enum OpeningSection {
    /// The answers, label by label in each setting.
    static func answers(_ input: ReportInput) -> [Block] {
        let answers = Answer.all(input).map { Inline($0) }
        return answers.count == 1 ? [.paragraph(answers[0])] : [.list(answers)]
    }

    /// Failed trials and notes: they come before any number that they touch.
    static func warnings(_ input: ReportInput) -> [Inline] {
        let failed =
            input.failures.isEmpty
            ? [] : ["\(input.failures.count) of \(input.expectedTrials) trials failed: see \"What was run\""]
        return (failed + input.notes).map { Inline($0) }
    }
}
