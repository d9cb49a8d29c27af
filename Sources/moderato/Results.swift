internal import Adapters
internal import BaseModel
internal import Evaluation
internal import Foundation
internal import Harness
internal import Moderation
internal import Reporting

/// The results of a run as a report: names and words of the experiment, numbers of the records.
struct Results {
    private let experiment: Experiment
    private let outcome: RunOutcome
    private let workspace: Workspace

    init(_ experiment: Experiment, outcome: RunOutcome, workspace: Workspace) {
        self.experiment = experiment
        self.outcome = outcome
        self.workspace = workspace
    }

    /// The report as it is written and printed.
    ///
    /// - Throws: `RunError.everyTrialFailed` where no trial is left to report.
    func rendered() throws -> RenderedReport {
        guard !outcome.records.isEmpty || outcome.failures.isEmpty else {
            throw RunError.everyTrialFailed(
                failures.map { "\($0.adapter), repetition \($0.repetition): \($0.message)" })
        }
        let input = try input()
        let main = outcome.mainSettings(of: experiment).first.map(records) ?? []
        let explorations = try LabelExploration.all(records: main, adapters: experiment.comparedAdapters)
        let galleries = Galleries(experiment, images: outcome.plan.images).all(input, records: main)
        return try RenderedReport(PageInput(report: input, explorations: explorations, galleries: galleries))
    }

    /// How many trials were done, now and before, in a sentence.
    var summary: String {
        let trials = outcome.plan.entries
        let trained = trials.count { outcome.trained.contains($0.id) }
        let finished = trials.count { outcome.records[$0.id] != nil } - trained
        let failed = trials.count { outcome.failures[$0.id] != nil }
        return Results.summary(of: trials.count, trained: trained, finished: finished, failed: failed)
    }

    /// What became of `total` trials; those that are none of the others are missing.
    static func summary(of total: Int, trained: Int, finished: Int, failed: Int = 0) -> String {
        let missing = total - trained - finished - failed
        return "\(total) trials: \(trained) trained now, \(finished) were finished"
            + (failed > 0 ? ", \(failed) failed" : "") + (missing > 0 ? ", \(missing) are missing" : "")
    }

    private func input() throws -> ReportInput {
        ReportInput(
            project: experiment.project, experiment: experiment.name, question: experiment.head,
            baseModel: .init(name: experiment.baseModel.name, digest: experiment.baseModel.digest),
            datasets: datasets,
            objective: .init(minimised: experiment.objective.minimised, description: experiment.objective.summary),
            adapters: experiment.adapters.indices.map(adapter),
            expectedTrials: outcome.plan.entries.count, failures: failures,
            command: command, notes: notes,
            settings: try reportedSettings(), curves: try curves())
    }

    private func reportedSettings() throws -> [ReportInput.Setting] {
        let settings = outcome.mainSettings(of: experiment)
        guard !settings.isEmpty else { throw ComparisonRefusal.noRecords }
        let comparisons = try Comparison.sideBySide(settings.map(records), adapters: experiment.comparedAdapters)
        return zip(settings, comparisons).map { index, comparison in
            let setting = experiment.settings[index]
            return .init(
                name: setting.split.name, split: experiment.description(of: setting.division),
                trainingSize: setting.trainingSize == .all ? nil : setting.trainingSize.summary,
                seed: setting.division.seed, comparison: comparison,
                promises: experiment.objective.promise.map {
                    PromiseTable($0, records: records(of: index), adapters: experiment.comparedAdapters)
                })
        }
    }

    /// The curves of the splits that have several training sizes.
    private func curves() throws -> [LearningCurve] {
        try experiment.splits.filter { $0.trainingSizes.count > 1 }.flatMap { split -> [LearningCurve] in
            let sizes = experiment.settings(of: split)
                .map { (size: experiment.settings[$0].trainingSize, records: records(of: $0)) }
                .filter { !$0.records.isEmpty }
            guard !sizes.isEmpty else { return [] }
            return try LearningCurve.all(split: split.name, sizes: sizes, adapters: experiment.comparedAdapters)
        }
    }

    private func records(of setting: Int) -> [TrialRecord] { outcome.records(of: setting, in: experiment) }

    private func adapter(_ index: Int) -> ReportInput.Adapter {
        let finished = outcome.plan.trials.filter { $0.adapter == index && outcome.records[$0.id] != nil }
        let mainSetting = outcome.mainSettings(of: experiment).first
        let main = finished.filter { $0.setting == mainSetting }.map(\.id)
        let others = outcome.plan.entries.map(\.id).filter(Set(finished.map(\.id)).subtracting(main).contains)
        let entry = experiment.adapters[index]
        return .init(name: entry.name, recipe: entry.summary, trials: main + others)
    }

    /// What was to be done.
    var plan: Plan { outcome.plan }

    /// Whether every trial of the plan is finished.
    var isComplete: Bool { outcome.plan.trials.allSatisfy { outcome.records[$0.id] != nil } }

    /// Whether trials could not be fitted.
    var hasFailures: Bool { !outcome.failures.isEmpty }

    private var datasets: [ReportInput.Dataset] {
        experiment.allDatasets.enumerated().map { index, file in
            .init(
                name: file.dataset.name, digest: file.dataset.digest,
                images: outcome.plan.images.count { $0.dataset == index })
        }
    }

    private var failures: [ReportInput.Failure] {
        outcome.plan.entries.compactMap { trial in
            outcome.failures[trial.id].map { failure in
                .init(
                    adapter: experiment.adapters[trial.adapter].name, setting: name(of: trial.setting),
                    repetition: trial.repetition, message: failure.reason)
            }
        }
    }

    /// The setting at `index` in words; `nil` where it is the only one.
    private func name(of index: Int) -> String? {
        guard experiment.settings.count > 1 else { return nil }
        let setting = experiment.settings[index]
        return "\(setting.split.name), \(setting.trainingSize.summary)"
    }

    private var command: String {
        "moderato run \(workspace.path(of: experiment.location))"
            + (outcome.plan.nativeKernels == nil ? "" : " --native-kernels")
    }

    private var notes: [String] {
        let skipped = outcome.skipped.map { "skipped \($0.path): \($0.reason)" }
        let size = experiment.settings.count == 1 ? experiment.settings[0].trainingSize : .all
        let kernels = outcome.plan.nativeKernels.map { core in
            "computed with native kernels (\(core)): on another kind of CPU, the last bits are others"
        }
        return (size == .all ? [] : [size.summary]) + allowances + [kernels].compactMap { $0 } + skipped
    }

    /// What the experiment allows, and learns from besides its training images.
    private var allowances: [String] {
        let leaks = LeakKind.allCases.compactMap { leak -> String? in
            let splits = experiment.splits.filter { $0.allowedLeaks.contains(leak) }.map { "`\($0.name)`" }
            guard !splits.isEmpty else { return nil }
            return "\(leak.rawValue.replacing("_", with: " ")) may be on both sides of the "
                + "split\(splits.count > 1 ? "s" : "") \(splits.joined(separator: ", ")): the experiment allows them"
        }
        let learners = experiment.adapters.filter(\.recipe.kind.usesBackground).map { "`\($0.name)`" }
        let background = experiment.backgroundDescription.flatMap { images in
            learners.isEmpty
                ? nil : "means and covariances of \(learners.joined(separator: ", ")) also come from \(images)"
        }
        return leaks + [background].compactMap { $0 }
    }
}

extension Objective {
    /// The kind of error that the report's first sentence is about.
    fileprivate var minimised: Evaluation.ErrorKind {
        held == .falseNegatives ? .falsePositives : .falseNegatives
    }

    /// What the objective promises of test images, if anything.
    fileprivate var promise: Promise? {
        guard case .fewest(let kind, let limit) = self else { return nil }
        let held: Evaluation.ErrorKind = kind.other == .falsePositives ? .falsePositives : .falseNegatives
        return Promise(held, Promise.Rule(limit))
    }
}

extension Promise.Rule {
    /// What an objective that holds `limit` promises.
    init(_ limit: Objective.Limit) {
        switch limit {
        case .notAboveBase(let margin): self = .notAboveBase(margin: margin)
        case .rate(let guarantee):
            guard case .probability(let probability) = guarantee.sense else {
                self = .rate(level: guarantee.level, probability: nil)
                return
            }
            self = .rate(level: guarantee.level, probability: probability)
        }
    }
}
