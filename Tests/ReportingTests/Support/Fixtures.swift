import Evaluation
import Moderation
import Reporting

/// Made-up experiments, each for one thing a report must be able to say.
enum Fixtures {
    typealias Change = SyntheticExperiment.Change

    /// One split of enough images: a win, a change of nothing, a harm.
    static func oneSplit() throws -> ReportInput {
        let experiment = SyntheticExperiment(present: 42, missed: 30, absent: 60, alarms: 12, unknown: 3)
        let records = experiment.records([
            "threshold-only": Change(fixedMisses: 12, newAlarms: 14),
            "platt": Change(fixedMisses: 2, newMisses: 1),
            "ridge": Change(fixedMisses: 22, newMisses: 1, fixedAlarms: 3, newAlarms: 1),
        ])
        return try input(records, adapters: ["threshold-only", "platt", "ridge"], split: "all images to test")
    }

    /// Repeated halves of two labels; one trial failed, the second label has hardly an error to remove.
    static func repeated() throws -> ReportInput {
        let alcohol = SyntheticExperiment(
            labelPath: ["Drugs & Tobacco", "Alcohol"], present: 40, missed: 28, absent: 60, alarms: 8)
        let weapons = SyntheticExperiment(labelPath: ["Weapons"], present: 40, missed: 0, absent: 60, alarms: 2)
        let first = alcohol.records(
            ["bias": Change(fixedMisses: 9, newAlarms: 5), "ridge": Change(fixedMisses: 19, newAlarms: 1)], repeats: 6,
            split: SyntheticExperiment.halves, strength: { $0 < 4 ? 10 : 30 })
        let second = weapons.records(
            ["bias": Change(newMisses: 1), "ridge": Change(fixedAlarms: 1)], repeats: 6,
            split: SyntheticExperiment.halves)
        let records = zip(first, second).map { record, other in
            TrialRecord(
                id: record.id, specification: "{}", determinants: [], adapter: record.adapter,
                repetition: record.repetition, thresholdConfidence: 62.5, images: record.images,
                labels: record.labels + other.labels)
        }
        return try input(
            records.filter { $0.adapter != "ridge" || $0.repetition != 3 }, adapters: ["bias", "ridge"],
            split: "halves by group, 6 repeats",
            failures: [ReportInput.Failure(adapter: "ridge", repetition: 3, message: "the kernel matrix is singular")])
    }

    /// Too few errors to show anything, and names that every format has to escape.
    static func small() throws -> ReportInput {
        let experiment = SyntheticExperiment(present: 9, missed: 3, absent: 9, alarms: 0)
        let records = experiment.records(["a,\"b\"|c": Change(fixedMisses: 3)])
        return try input(records, adapters: ["a,\"b\"|c"], split: "all images to test")
    }

    /// A rate is promised for one label, set on every seventh training image.
    static func promised() throws -> ReportInput {
        let experiment = SyntheticExperiment(present: 40, missed: 28, absent: 60, alarms: 8)
        let records = experiment.records(
            ["bias": Change(fixedMisses: 9, newAlarms: 5), "ridge": Change(fixedMisses: 19, newAlarms: 1)], repeats: 6,
            split: SyntheticExperiment.halves)
        let promising = records.map { record in
            let result = record.labels[0]
            let calibration = record.images.indices.filter {
                record.images[$0].part == .training && result.truth[$0] == .absent && $0 % 7 == 0
            }
            return TrialRecord(
                id: record.id, specification: "{}", determinants: [], adapter: record.adapter,
                repetition: record.repetition, thresholdConfidence: 50, images: record.images,
                labels: [
                    LabelResult(
                        label: result.label, truth: result.truth, baseScores: result.baseScores,
                        adapterScores: result.adapterScores, chosen: result.chosen, head: [], calibration: calibration)
                ])
        }
        let promise = Promise(.falsePositives, .rate(level: 0.2, probability: 0.9))
        return try input(
            promising, adapters: ["bias", "ridge"], split: "halves by group, 6 repeats",
            promises: PromiseTable(promise, records: promising, adapters: ["bias", "ridge"]))
    }

    static let all: [(name: String, make: @Sendable () throws -> ReportInput)] = [
        ("one-split", oneSplit), ("repeated", repeated), ("small", small), ("promised", promised),
    ]

    static func input(
        _ records: [TrialRecord], adapters: [String], split: String, failures: [ReportInput.Failure] = [],
        minimised: ErrorKind = .falseNegatives, promises: PromiseTable? = nil
    ) throws -> ReportInput {
        ReportInput(
            project: "marketplace", experiment: "synthetic",
            question: "Does an adapter remove misses without new false alarms?\nMade-up numbers: a test of the report.",
            baseModel: ReportInput.Artifact(name: "imagenet-moderation", digest: Digest(of: "model")),
            datasets: [
                ReportInput.Dataset(name: "stickers", digest: Digest(of: "data"), images: records[0].images.count)
            ],
            split: split,
            objective: ReportInput.Objective(
                minimised: minimised, description: "fewest false negatives, false positives not above the base's"),
            adapters: adapters.map { name in
                ReportInput.Adapter(
                    name: name, recipe: "\(name), strength one of 10, 30",
                    trials: records.filter { $0.adapter == name }.map(\.id))
            }, seed: 7,
            expectedTrials: records.count + failures.count, failures: failures,
            command: "moderato run Experiments/synthetic.yaml",
            notes: failures.isEmpty ? [] : ["1 image could not be read and was skipped: `broken.png`"],
            comparison: try Comparison(records: records, adapters: adapters), promises: promises)
    }
}
