internal import Evaluation

/// Who leads a table, in one sentence that claims nothing chance could have given.
struct LeaderText {
    private let table: ModelTable
    private let level: Double
    private let minimised: ErrorKind?

    init(_ table: ModelTable, _ input: ModelReportInput) {
        self.table = table
        level = input.comparison.level
        minimised = input.objective.minimised
    }

    /// The sentence, without Markdown.
    var sentence: String {
        let leader = table.models[0]
        let ties = table.models.dropFirst().filter { $0.rank == leader.rank }
        let others = ties.isEmpty ? alone(leader) : "; not shown to differ from \(tied(Array(ties), leader))"
        return "On \(table.label), `\(leader.name)` leads with \(counts(leader))\(others)\(ahead(of: leader))."
    }

    /// What every format says once: the winner of many looks better than it is.
    static func caution(_ comparison: ModelComparison) -> String? {
        guard let models = comparison.tables.map(\.models.count).max(), models > 2 else { return nil }
        return "the best of \(models) models on the same test images looks better than it is: part of its lead is luck "
            + "that other images would not repeat"
    }

    private func counts(_ leader: ModelRow) -> String {
        let count = { (kind: ErrorKind) in NumberText.count(leader.errors[kind].errors, repeats: table.repeats) }
        guard let kind = minimised else {
            return "\(count(.falseNegatives)) false negatives and \(count(.falsePositives)) false positives"
        }
        let images = NumberText.count(leader.errors[kind].images, repeats: table.repeats)
        return "\(count(kind)) of \(images) \(kind == .falseNegatives ? "missed" : "falsely flagged")"
    }

    private func pair(_ leader: ModelRow, _ other: ModelRow) -> PairText {
        PairText(table, subject: leader.name, reference: other.name, level: level)
    }

    /// The next one with its interval, the others by name where they are few.
    private func tied(_ ties: [ModelRow], _ leader: ModelRow) -> String {
        let phrase = minimised.flatMap { pair(leader, ties[0]).phrase($0) }.map { " (\($0))" } ?? ""
        let others = ties.dropFirst().map { "`\($0.name)`" }
        let list = others.count > 4 ? "\(others.count) others" : others.joined(separator: ", ")
        return "`\(ties[0].name)`\(phrase)" + (others.isEmpty ? "" : ", nor from \(list)")
    }

    /// What is shown of the others, where none ties with the leader.
    private func alone(_ leader: ModelRow) -> String {
        let others = table.models.dropFirst()
        if minimised == nil { return "; shown to cost less than each of the \(others.count) others" }
        guard let kind = minimised, others.allSatisfy({ isFewer(pair(leader, $0), kind) }) else {
            return others.isEmpty ? "" : "; no other model ties with it"
        }
        return "; shown to make fewer than each of the \(others.count) others"
    }

    /// Models that are shown to make fewer of the minimised errors, but do not keep what the objective holds.
    private func ahead(of leader: ModelRow) -> String {
        guard let kind = minimised else { return "" }
        let ahead = table.models.dropFirst().filter { other in
            isFewer(PairText(table, subject: other.name, reference: leader.name, level: level), kind)
        }
        guard !ahead.isEmpty else { return "" }
        let names = ahead.map { "`\($0.name)`" }.joined(separator: ", ")
        return "; fewer are shown for \(names), with more \(kind.other.name) than the objective allows"
    }

    private func isFewer(_ pair: PairText, _ kind: ErrorKind) -> Bool {
        pair.isShown(kind) && pair.difference(kind) ?? 0 < 0
    }
}
