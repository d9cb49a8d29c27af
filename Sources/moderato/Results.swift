internal import Adapters
internal import ArgumentParser
internal import BaseModel
internal import Evaluation
internal import Foundation
internal import Harness
internal import Moderation
internal import Reporting
internal import Store

/// The results of a run on their way to the reader.
struct Results {
    private let experiment: Experiment
    private let outcome: RunOutcome
    private let workspace: Workspace

    init(_ experiment: Experiment, outcome: RunOutcome, workspace: Workspace) {
        self.experiment = experiment
        self.outcome = outcome
        self.workspace = workspace
    }

    /// Writes the report files, prints the comparison and says where the report lies.
    ///
    /// - Throws: `ExitCode` 3 after all that, where trials failed; `RunError.everyTrialFailed` instead of it, where no
    ///   trial is left to report.
    func publish(_ output: OutputArguments) throws {
        guard !outcome.records.isEmpty || outcome.failures.isEmpty else {
            throw RunError.everyTrialFailed(
                failures.map { "\($0.adapter), repetition \($0.repetition): \($0.message)" })
        }
        let input = try input()
        let folder = workspace.results(project: experiment.project, experiment: experiment.name)
        let json = try Report.json(input)
        try write(Report.markdown(input), to: folder.appending(path: "report.md"))
        try write(Report.csv(input), to: folder.appending(path: "comparison.csv"))
        try write(Report.promisesCSV(input), to: folder.appending(path: "promises.csv"))
        try write(json, to: folder.appending(path: "comparison.json"))
        try Output.write(Data((output.json ? json : Report.terminal(input, styled: Talk.usesColor) + "\n").utf8))
        if !output.quiet { Talk.say(summary + "report: \(TextFile.name(of: folder.appending(path: "report.md")))") }
        if !outcome.failures.isEmpty { throw ExitCode(ExitStatus.trialsFailed.rawValue) }
    }

    private var summary: String {
        let trials = outcome.plan.trials
        let trained = trials.count { outcome.trained.contains($0.id) }
        let finished = trials.count { outcome.records[$0.id] != nil } - trained
        let failed = trials.count { outcome.failures[$0.id] != nil }
        let missing = trials.count - trained - finished - failed
        return "\(trials.count) trials: \(trained) trained now, \(finished) were finished"
            + (failed > 0 ? ", \(failed) failed" : "") + (missing > 0 ? ", \(missing) are missing" : "") + "\n"
    }

    /// Writes `text`, unless it stands there already: a second run does nothing, and may do it in a read-only folder. Without
    /// a text, what an earlier version of the experiment left there is removed.
    private func write(_ text: String?, to file: URL) throws {
        guard let text else {
            if FileManager.default.fileExists(atPath: file.path) { try FileManager.default.removeItem(at: file) }
            return
        }
        let data = Data(text.utf8)
        guard FileManager.default.contents(atPath: file.path) != data else { return }
        try AtomicFile.write(data, to: file)
    }

    private func input() throws -> ReportInput {
        let records = outcome.plan.trials.compactMap { trial in
            outcome.records[trial.id]?.named(experiment.adapters[trial.adapter].name)
        }
        let compared = experiment.adapters.filter { $0.recipe.kind != .none }
        return ReportInput(
            project: experiment.project, experiment: experiment.name, question: experiment.head,
            baseModel: .init(name: experiment.baseModel.name, digest: experiment.baseModel.digest),
            datasets: datasets, split: experiment.splitDescription,
            objective: .init(minimised: experiment.objective.minimised, description: experiment.objective.summary),
            adapters: experiment.adapters.indices.map(adapter),
            seed: experiment.division.seed, expectedTrials: outcome.plan.trials.count, failures: failures,
            command: "moderato run \(workspace.path(of: experiment.location))", notes: notes,
            comparison: try Comparison(records: records, adapters: compared.map(\.name)),
            promises: experiment.objective.promise.map {
                PromiseTable($0, records: records, adapters: compared.map(\.name))
            })
    }

    private func adapter(_ index: Int) -> ReportInput.Adapter {
        let finished = outcome.plan.trials.filter { $0.adapter == index && outcome.records[$0.id] != nil }
        let entry = experiment.adapters[index]
        return .init(name: entry.name, recipe: entry.recipe.summary, trials: finished.map(\.id))
    }

    private var datasets: [ReportInput.Dataset] {
        experiment.allDatasets.enumerated().map { index, file in
            .init(
                name: file.dataset.name, digest: file.dataset.digest,
                images: outcome.plan.images.count { $0.dataset == index })
        }
    }

    private var failures: [ReportInput.Failure] {
        outcome.plan.trials.compactMap { trial in
            outcome.failures[trial.id].map { failure in
                .init(
                    adapter: experiment.adapters[trial.adapter].name, repetition: trial.repetition,
                    message: failure.reason)
            }
        }
    }

    private var notes: [String] {
        let skipped = outcome.skipped.map { "skipped \($0.path): \($0.reason)" }
        return [experiment.trainingSizeDescription].compactMap { $0 } + skipped
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
        switch limit {
        case .notAboveBase(let margin): return Promise(held, .notAboveBase(margin: margin))
        case .rate(let guarantee):
            guard case .probability(let probability) = guarantee.sense else {
                return Promise(held, .rate(level: guarantee.level, probability: nil))
            }
            return Promise(held, .rate(level: guarantee.level, probability: probability))
        }
    }
}

extension TrialRecord {
    /// The record under the name that an experiment gives its adapter: records of equal trials are shared, names are not.
    fileprivate func named(_ adapter: String) -> TrialRecord {
        TrialRecord(
            id: id, specification: specification, determinants: determinants, adapter: adapter, repetition: repetition,
            thresholdConfidence: thresholdConfidence, images: images, labels: labels)
    }
}
