internal import Evaluation

/// What a reader has to know before any number.
enum OpeningSection {
    /// Failed trials and notes: they come before any number that they touch.
    static func warnings(_ input: ReportInput) -> [Inline] {
        let failed =
            input.failures.isEmpty
            ? [] : ["\(input.failures.count) of \(input.expectedTrials) trials failed: see \"What was run\""]
        return (failed + input.notes).map { Inline($0) }
    }
}
