internal import Evaluation
internal import Moderation

/// Why models stand in no table, those of several labels together where all else is the same.
struct RefusalText {
    /// `not compared on Alcohol: `x`, beside `y`: they were …`, without Markdown.
    let sentence: String
    let hint: String

    /// The refusals of `comparison`.
    static func all(_ comparison: ModelComparison) -> [RefusalText] {
        comparison.refusals.grouped { $0.models + [$0.reference, $0.reason] }.map { refusals in
            let labels = refusals.map(\.label.description).joined(separator: ", ")
            let names = refusals[0].models.map { "`\($0)`" }.joined(separator: ", ")
            return RefusalText(
                sentence: "not compared on \(labels): \(names), beside `\(refusals[0].reference)`: "
                    + refusals[0].reason,
                hint: refusals[0].hint)
        }
    }
}
