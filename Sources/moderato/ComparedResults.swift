internal import Adapters
internal import Evaluation
internal import Harness
internal import Moderation
internal import Reporting

/// Adapters held against one another as a report: names and costs of the workspace, numbers of the records.
struct ComparedResults {
    private let adapters: [ComparedAdapter]
    private let names: ComparedNames
    private let notes: [String]
    private let objective: Objective
    private let labels: [Label]?
    private let times: TrainingTimes

    /// - Parameters:
    ///   - found: what was asked for; of adapters that are one and the same, the first is compared.
    ///   - objective: what to rank by; that of the first adapter where it is `nil`.
    ///   - labels: the paths of the labels to compare for; all where there is none.
    /// - Throws: `Findings` where a label is none of theirs.
    init(
        _ found: [ComparedAdapter], notes: [String], objective: Objective?, labels: [String], times: TrainingTimes
    ) throws {
        guard let first = found.first else { throw ComparisonRefusal.noRecords }
        let groups = found.grouped(by: \.trials)
        adapters = groups.map { $0[0] }
        names = ComparedNames(adapters)
        self.objective = objective ?? first.objective
        self.labels = try labels.isEmpty ? nil : ComparedResults.labels(labels, of: found)
        self.times = times
        self.notes =
            notes + ComparedResults.same(groups)
            + (objective == nil ? ComparedResults.objectives(adapters, names.adapters) : [])
    }

    /// The tables.
    ///
    /// - Throws: `Findings` where several were asked for and no two of them can be compared.
    func input() throws -> ModelReportInput {
        let subjects = adapters.indices.map { index in
            ModelSubject(
                name: names.adapters[index], baseModel: names.baseModels[index], records: adapters[index].records)
        }
        let comparison = try ModelComparison(subjects, labels: labels, objective: RankingObjective(objective))
        if adapters.count > 1 && !comparison.comparesSubjects { throw nothing(comparison) }
        let minimised = RankingObjective(objective).minimised
        return ModelReportInput(
            objective: .init(minimised: minimised, description: objective.summary),
            adapters: adapters.indices.map(described), notes: notes, comparison: comparison)
    }

    private func described(_ index: Int) -> ModelReportInput.Adapter {
        let adapter = adapters[index]
        return .init(
            name: names.adapters[index], baseModel: names.baseModels[index], objective: adapter.objective.summary,
            trainingSeconds: adapter.trainingSeconds ?? times.median(of: adapter.trials),
            embedding: adapter.embedding.map { .init(name: $0.name, passes: $0.passes) }, trials: adapter.trials)
    }

    /// That nothing is left to compare, and why.
    private func nothing(_ comparison: ModelComparison) -> Findings {
        guard !comparison.refusals.isEmpty else {
            let labels = comparison.tables.map { table in
                "\(table.label): " + Names.list(table.models.filter { !$0.isBase }.map(\.name))
            }
            return Findings([
                Finding(
                    "no label has two adapters to compare; \(labels.joined(separator: ", "))",
                    hint: "compare adapters that were trained for the same label")
            ])
        }
        return Findings(
            comparison.refusals.map { refusal in
                let names = refusal.models.map { "`\($0)`" }.joined(separator: ", ")
                return Finding(
                    "\(names) cannot be compared with `\(refusal.reference)` on \(refusal.label): \(refusal.reason)",
                    hint: refusal.hint)
            })
    }

    /// Adapters that are one and the same: their trials are.
    private static func same(_ groups: [[ComparedAdapter]]) -> [String] {
        let name = { (adapter: ComparedAdapter) in "`\(adapter.path.joined(separator: "/"))`" }
        return groups.compactMap { group in
            let others = Set(group.dropFirst().map(name)).subtracting([name(group[0])]).sorted()
            return others.isEmpty
                ? nil : "the same trials, compared once: \(([name(group[0])] + others).joined(separator: ", "))"
        }
    }

    /// That adapters were trained for other things than they are ranked by.
    private static func objectives(_ adapters: [ComparedAdapter], _ names: [String]) -> [String] {
        let others = adapters.indices.filter { adapters[$0].objective != adapters[0].objective }
        guard !others.isEmpty else { return [] }
        return [
            "objectives differ: that of `\(names[0])` ranks all (`--objective` names another)"
        ]
            + others.map { (names[$0], adapters[$0].objective.summary) }.grouped { $0.1 }.map { group in
                "trained for \(group[0].1): \(group.map { "`\($0.0)`" }.joined(separator: ", "))"
            }
    }

    private static func labels(_ texts: [String], of adapters: [ComparedAdapter]) throws -> [Label] {
        var seen: Set<Label> = []
        let known = adapters.flatMap { $0.records[0].labels.map(\.label) }.filter { seen.insert($0).inserted }
        return try texts.map { text in
            guard let label = known.first(where: { $0.description == text }) else {
                let names = known.map(\.description)
                throw Findings([
                    Finding(
                        "no adapter was trained for the label `\(text)`; known are \(Names.list(names))",
                        hint: Names.hint(for: text, among: names))
                ])
            }
            return label
        }
    }
}

extension RankingObjective {
    /// What `objective` says of test images.
    init(_ objective: Objective) {
        switch objective {
        case .leastCost(let falseNegative, let falsePositive):
            self = .leastCost(falseNegative: falseNegative, falsePositive: falsePositive)
        case .fewest(let kind, let limit):
            self = .fewest(
                kind == .falseNegatives ? .falseNegatives : .falsePositives, holding: Promise.Rule(limit))
        }
    }
}
