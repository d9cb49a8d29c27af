import Evaluation
import Moderation
import Reporting

/// Made-up models held against one another, each for one thing their tables must be able to say.
enum ModelFixtures {
    typealias Change = SyntheticExperiment.Change

    static let all: [(name: String, make: @Sendable () throws -> ModelReportInput)] = [
        ("repeated", repeated), ("one-split", oneSplit), ("refused", refused), ("cost", cost),
    ]

    /// Repeated halves: a leader that ties with one, one that buys misses with false positives, one that learns from another
    /// embedding.
    @Sendable static func repeated() throws -> ModelReportInput {
        let experiment = SyntheticExperiment(present: 60, missed: 40, absent: 80, alarms: 12)
        let records = experiment.records(
            [
                "ridge": Change(fixedMisses: 22), "kernel": Change(fixedMisses: 24, fixedAlarms: 1),
                "rich": Change(fixedMisses: 12, fixedAlarms: 2), "loud": Change(fixedMisses: 38, newAlarms: 30),
                "over": Change(fixedMisses: 23, newAlarms: 1), "platt": Change(newMisses: 2),
            ], repeats: 8, split: SyntheticExperiment.halves)
        return try input(records, objective: .fewest(.falseNegatives, holding: .notAboveBase(margin: 0)))
    }

    /// One split of three adapters, of which none is shown to be better: few models, so that every pair is told of.
    @Sendable static func oneSplit() throws -> ModelReportInput {
        let experiment = SyntheticExperiment(present: 30, missed: 12, absent: 40, alarms: 5)
        let records = experiment.records([
            "bias": Change(fixedMisses: 2, newAlarms: 2), "platt": Change(newMisses: 1),
            "ridge": Change(fixedMisses: 4),
        ])
        return try input(records, objective: .fewest(.falsePositives, holding: .notAboveBase(margin: 0.1)))
    }

    /// Adapters of other test images beside those of the table.
    @Sendable static func refused() throws -> ModelReportInput {
        let experiment = SyntheticExperiment(present: 30, missed: 12)
        let records = experiment.records(["bias": Change(fixedMisses: 12), "ridge": Change(fixedMisses: 10)])
        let others = SyntheticExperiment(present: 20).records(["other": Change(), "another": Change()])
        return try input(
            records + others, objective: .fewest(.falseNegatives, holding: .rate(level: 0.1, probability: 0.9)))
    }

    /// Both kinds of error at a cost.
    @Sendable static func cost() throws -> ModelReportInput {
        let experiment = SyntheticExperiment(present: 60, missed: 40, absent: 80, alarms: 12)
        let records = experiment.records([
            "bias": Change(fixedMisses: 30), "ridge": Change(fixedMisses: 10, fixedAlarms: 9),
        ])
        return try input(records, objective: .leastCost(falseNegative: 5, falsePositive: 1))
    }

    private static func input(_ records: [TrialRecord], objective: RankingObjective) throws -> ModelReportInput {
        let adapters = records.grouped(by: \.adapter)
        let comparison = try ModelComparison(
            adapters.map { ModelSubject(name: $0[0].adapter, baseModel: "base model", records: $0) },
            objective: objective)
        return ModelReportInput(
            objective: .init(minimised: objective.minimised, description: "what the fixture asks for"),
            adapters: adapters.enumerated().map { index, records in
                .init(
                    name: records[0].adapter, baseModel: "base model", objective: "what the fixture asks for",
                    trainingSeconds: [0.0041, nil, 0.312, 12.4][index % 4],
                    embedding: records[0].adapter == "rich" ? .init(name: "rich", passes: 7) : nil,
                    trials: records.map(\.id))
            }, notes: ["3 trials of `a|b` are not finished"], comparison: comparison)
    }
}
