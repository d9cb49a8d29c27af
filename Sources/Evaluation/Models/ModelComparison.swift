internal import LinearAlgebra
public import Moderation

/// Models held against one another, label by label: adapters of any experiments, and the base models they stand on.
///
/// A pure function of trial records; the order of subjects decides nothing but which of several sets of equal size is
/// compared.
public struct ModelComparison: Sendable, Equatable, Codable {
    /// The chance of any false claim in all tables together.
    public let level: Double
    /// Number of tests that Holm's correction ranges over: every two models, both kinds of error, all labels.
    public let tests: Int
    /// One table per label for which any model was tested, in the order in which subjects name labels.
    public let tables: [ModelTable]
    /// Who stands in no table, and why.
    public let refusals: [ModelRefusal]

    /// Compares `subjects`.
    ///
    /// - Parameters:
    ///   - labels: the labels to compare them for; all of them where it is `nil`.
    ///   - objective: what they are ranked by.
    ///   - level: the chance of any false claim in all tables together.
    /// - Throws: ``ComparisonRefusal`` where the records of one subject do not belong together.
    public init(
        _ subjects: [ModelSubject], labels: [Label]? = nil, objective: RankingObjective, level: Double = 0.05
    ) throws(ComparisonRefusal) {
        let results = Workers.map(subjects.count, jobs: Workers.standardCount) { index in
            Result { () throws(ComparisonRefusal) in try TestedSubject.all(subjects[index]) }
        }
        var tested: [TestedSubject] = []
        for result in results { tested += try result.get() }
        let byLabel = tested.grouped { $0.errors.label }
            .filter { labels?.contains($0[0].errors.label) ?? true }
            .map { (label: $0[0].errors.label, sets: ModelSets($0, label: $0[0].errors.label)) }
        let compared = byLabel.filter { !$0.sets.compared.isEmpty }
        let ranked = Workers.map(compared.count, jobs: Workers.standardCount) { index in
            RankedModels(compared[index].sets.compared, label: compared[index].label, objective: objective)
        }
        var adjusted = Holm.adjusted(ranked.flatMap(\.pValues))[...]
        self.level = level
        tests = adjusted.count
        tables = ranked.map { $0.table(adjusted: &adjusted, level: level) }
        refusals = byLabel.flatMap(\.sets.refusals)
    }

    /// Whether any two subjects stand in one table.
    public var comparesSubjects: Bool { tables.contains { table in table.models.count { !$0.isBase } > 1 } }
}
