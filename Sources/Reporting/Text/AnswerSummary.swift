internal import Evaluation
internal import Moderation

/// What came out for all labels of the main setting, in one sentence: what is shown to be improved with its intervals, what
/// has its price, and the rest.
struct AnswerSummary {
    private let kind: ErrorKind
    /// The labels with the adapter that their answer speaks of.
    private let answers: [(label: Label, row: AdapterRow?)]
    /// The name of the main setting, where there are several.
    private let split: String?

    init(_ input: ReportInput) {
        kind = input.objective.minimised
        answers = input.comparison.labels.map { ($0.label, Answer.subject(of: $0, objective: input.objective)) }
        split = input.settings.count > 1 ? input.settings[0].name : nil
    }

    var sentence: String {
        let clauses = [wins, trades, rest].compactMap { $0 }.joined(separator: "; ")
        let start = split.map { "Split `\($0)`: \(clauses)" } ?? clauses.prefix(1).uppercased() + clauses.dropFirst()
        return start + "."
    }

    private var wins: String? {
        let removals = answers.compactMap { answer in
            answer.row.flatMap { isImproved($0) && !isPaid($0) ? removal($0, on: answer.label) : nil }
        }
        return removals.isEmpty ? nil : "\(listed(removals)) of the base model's \(kind.name)"
    }

    private var trades: String? {
        labels { isImproved($0) && isPaid($0) }.map {
            "on \($0) no adapter removes \(kind.name) without adding \(kind.other.name)"
        }
    }

    private var rest: String? {
        labels { !isImproved($0) }.map { "on \($0) no adapter is shown to remove \(kind.name)" }
    }

    /// The labels of the answers that `holds` of; no adapter improves nothing.
    private func labels(_ holds: (AdapterRow?) -> Bool) -> String? {
        let labels = answers.filter { holds($0.row) }.map { "\($0.label)" }
        return labels.isEmpty ? nil : listed(labels)
    }

    private func isImproved(_ row: AdapterRow?) -> Bool { row?.errors[kind].verdict == .improved }

    private func isPaid(_ row: AdapterRow?) -> Bool { row?.errors[kind.other].verdict == .worse }

    /// `on Alcohol kernel removes 71% (95% interval 52% to 90%)`.
    private func removal(_ row: AdapterRow, on label: Label) -> String {
        let improvement = row.errors[kind].improvement
        let change = improvement.value.map(NumberText.wholeShare) ?? "some"
        let interval = Answer.interval(improvement).map { " (\($0))" } ?? ""
        return "on \(label) `\(row.adapter)` removes \(change)\(interval)"
    }

    private func listed(_ names: [String]) -> String {
        names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1] : names.joined()
    }
}
