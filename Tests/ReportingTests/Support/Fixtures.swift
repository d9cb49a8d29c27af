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
        let records = joined(first, second)
        return try input(
            records.filter { $0.adapter != "ridge" || $0.repetition != 3 }, adapters: ["bias", "ridge"],
            split: "halves by group, 6 repeats",
            failures: [ReportInput.Failure(adapter: "ridge", repetition: 3, message: "the kernel matrix is singular")])
    }

    /// Two labels in two splits, each at several training sizes: one improves as images come, one size asks for more
    /// than there is, and the larger size of the other split never finished.
    static func settings() throws -> ReportInput {
        let sizes: [(size: TrainingSize, fixed: Int)] = [
            (TrainingSize(positives: 4), 1), (TrainingSize(positives: 9, negatives: 20), 10),
            (TrainingSize(positives: 100), 19), (.all, 19),
        ]
        let image = sizes.map { (size: $0.size, records: records(at: $0.size, fixed: $0.fixed)) }
        let object = sizes.dropLast(2).map { (size: $0.size, records: records(at: $0.size, fixed: $0.fixed / 3)) }
        let adapters = ["bias", "ridge"]
        let comparisons = try Comparison.sideBySide(
            [image, object].compactMap(\.last?.records), adapters: adapters)
        return input(
            image.flatMap(\.records), adapters: adapters,
            settings: zip(["image", "object"], comparisons).map { name, comparison in
                .init(
                    name: name, split: "halves by \(name), 6 repeats",
                    trainingSize: name == "image" ? nil : "at most 9 with the label", seed: 7, comparison: comparison)
            },
            curves: try LearningCurve.all(split: "image", sizes: image, adapters: adapters)
                + LearningCurve.all(split: "object", sizes: object, adapters: adapters),
            failures: [
                .init(adapter: "ridge", setting: "object, all training images", repetition: 0, message: "singular")
            ])
    }

    /// Trials of two labels whose training images are limited to `size`.
    private static func records(at size: TrainingSize, fixed: Int) -> [TrialRecord] {
        let alcohol = SyntheticExperiment(
            labelPath: ["Drugs & Tobacco", "Alcohol"], present: 40, missed: 28, absent: 60, alarms: 8)
        let weapons = SyntheticExperiment(labelPath: ["Weapons"], present: 40, missed: 12, absent: 60, alarms: 0)
        let split = alcohol.limited(SyntheticExperiment.halves, to: size)
        let first = alcohol.records(
            ["bias": Change(fixedMisses: 4, newAlarms: 2), "ridge": Change(fixedMisses: fixed, newAlarms: 1)],
            repeats: 6, split: split)
        let second = weapons.records(
            ["bias": .nothing, "ridge": Change(fixedMisses: fixed / 2, newAlarms: 1)], repeats: 6, split: split)
        return joined(first, second)
    }

    /// Records of two labels, each from one of two experiments on the same images.
    static func joined(_ first: [TrialRecord], _ second: [TrialRecord]) -> [TrialRecord] {
        zip(first, second).map { record, other in
            TrialRecord(
                id: record.id, specification: "{}", determinants: [], adapter: record.adapter,
                repetition: record.repetition, thresholdConfidence: 62.5, images: record.images, parts: record.parts,
                labels: record.labels + other.labels)
        }
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
                record.parts[$0] == .training && result.truth[$0] == .absent && $0 % 7 == 0
            }
            return TrialRecord(
                id: record.id, specification: "{}", determinants: [], adapter: record.adapter,
                repetition: record.repetition, thresholdConfidence: 50, images: record.images, parts: record.parts,
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
        ("one-split", oneSplit), ("repeated", repeated), ("small", small), ("settings", settings),
        ("promised", promised),
    ]

    static let question =
        "Does an adapter remove misses without new false alarms?\nMade-up numbers: a test of the report."

    static func input(
        _ records: [TrialRecord], adapters: [String], split: String, failures: [ReportInput.Failure] = [],
        minimised: ErrorKind = .falseNegatives, promises: PromiseTable? = nil, question: String = Fixtures.question,
        curves: [LearningCurve] = []
    ) throws -> ReportInput {
        let comparison = try Comparison(records: records, adapters: adapters)
        return input(
            records, adapters: adapters,
            settings: [
                .init(
                    name: "group", split: split, trainingSize: nil, seed: 7, comparison: comparison, promises: promises)
            ],
            curves: curves, failures: failures, minimised: minimised, question: question)
    }

    private static func input(
        _ records: [TrialRecord], adapters: [String], settings: [ReportInput.Setting], curves: [LearningCurve] = [],
        failures: [ReportInput.Failure], minimised: ErrorKind = .falseNegatives, question: String = Fixtures.question
    ) -> ReportInput {
        ReportInput(
            project: "marketplace", experiment: "synthetic",
            question: question,
            baseModel: ReportInput.Artifact(name: "imagenet-moderation", digest: Digest(of: "model")),
            datasets: [
                ReportInput.Dataset(name: "stickers", digest: Digest(of: "data"), images: records[0].images.count)
            ],
            objective: ReportInput.Objective(
                minimised: minimised, description: "fewest false negatives, false positives not above the base's"),
            adapters: adapters.map { name in
                ReportInput.Adapter(
                    name: name, recipe: "\(name), strength one of 10, 30",
                    trials: records.filter { $0.adapter == name }.map(\.id))
            },
            expectedTrials: records.count + failures.count, failures: failures,
            command: "moderato run Experiments/synthetic.yaml",
            notes: failures.isEmpty ? [] : ["1 image could not be read and was skipped: `broken.png`"],
            settings: settings, curves: curves)
    }
}
