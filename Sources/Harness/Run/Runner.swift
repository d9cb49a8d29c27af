internal import Adapters
internal import BaseModel
internal import Evaluation
internal import Foundation
internal import LinearAlgebra
public import Moderation
internal import Store

/// Runs an experiment: images to embeddings to trials, doing only what is missing.
public struct Runner: Sendable {
    let experiment: Experiment
    let workspace: Workspace
    let jobs: Int
    let cancellation: Cancellation
    let report: @Sendable (RunEvent) -> Void

    /// A runner of `experiment`.
    ///
    /// - Parameters:
    ///   - jobs: threads that compute at a time; results do not depend on it. One each core where it is left out.
    ///   - cancellation: the request to stop, looked at between images and between trials.
    ///   - report: told of progress, from any thread, one event at a time.
    public init(
        _ experiment: Experiment, workspace: Workspace, jobs: Int? = nil, cancellation: Cancellation = Cancellation(),
        report: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        self.experiment = experiment
        self.workspace = workspace
        self.jobs = jobs ?? Workers.standardCount
        self.cancellation = cancellation
        self.report = report
    }

    /// Runs what is missing and answers with every finished trial.
    public func run() throws -> RunOutcome {
        let kernels = try Kernels.load()
        let store = try TrialStore(folder: workspace.store)
        let usable = try usableImages { try embedder.embed($0).bad }
        let plan = Plan(experiment, images: usable.images, kernels: kernels)
        let kept = stored(plan.trials, in: store)
        let missing = plan.trials.filter { kept[$0.id] == nil }
        let trained = missing.isEmpty ? [] : try train(missing, of: plan, into: store, kernels: kernels)
        try cancellation.check()
        return RunOutcome(plan: plan, kept: kept, trained: trained, skipped: usable.skipped)
    }

    /// Every finished trial of the plan; trains nothing.
    public func finished() throws -> RunOutcome {
        let usable = try usableImages(embedder.unusable)
        let plan = Plan(experiment, images: usable.images, kernels: try Kernels.load())
        let records = stored(plan.trials, in: try TrialStore(folder: workspace.store))
        return RunOutcome(plan: plan, kept: records, trained: [], skipped: usable.skipped)
    }

    /// The plan, and which of its trials are finished; writes nothing.
    public func plan() throws -> (plan: Plan, finished: Set<Digest>) {
        let kernels = try Kernels.load()
        let plan = Plan(experiment, images: try usableImages(embedder.unusable).images, kernels: kernels)
        let store = try TrialStore(folder: workspace.store)
        return (plan, Set(try plan.trials.map(\.id).filter(store.contains)))
    }

    // MARK: Steps

    /// The images to plan with. Where bad ones are to be skipped, `unusable` tells which they are.
    private func usableImages(
        _ unusable: ([SelectedImage]) throws -> [BadImage]
    ) throws -> (images: [SelectedImage], skipped: [BadImage]) {
        let identified = try identifiedImages()
        guard experiment.onBadImage == .skip else {
            guard identified.bad.isEmpty else {
                throw RunError.badImages(identified.bad, total: identified.usable.count + identified.bad.count)
            }
            return (identified.usable, [])
        }
        let bad = try unusable(identified.usable)
        let skipped = (identified.bad + bad).sorted { $0.path < $1.path }
        for image in skipped { report(.note("warning: \(image.path) is skipped: \(image.reason)")) }
        let paths = Set(bad.map(\.path))
        let digests = Set(identified.usable.filter { paths.contains($0.record.path) }.map(\.digest))
        let images = identified.usable.filter { !digests.contains($0.digest) }
        guard !images.isEmpty else { throw RunError.noImages(reason: skipped.first?.description ?? "none is selected") }
        return (images, skipped)
    }

    /// The records of finished trials; damaged ones are said and done again.
    private func stored(_ trials: [Trial], in store: TrialStore) -> [Digest: TrialRecord] {
        let records = Workers.map(trials.count, jobs: jobs) { index -> TrialRecord? in
            do {
                return try store.read(trials[index].id)
            } catch StoreError.missing {
                return nil
            } catch {
                report(.note("warning: \(error); it is trained again"))
                return nil
            }
        }
        return Dictionary(zip(trials.map(\.id), records).compactMap { id, record in record.map { (id, $0) } }) { $1 }
    }

    private func train(
        _ trials: [Trial], of plan: Plan, into store: TrialStore, kernels: KernelPolicy
    ) throws -> [TrainedTrial] {
        let embedded = try embedder.embed(plan.images)
        guard embedded.bad.isEmpty else { throw RunError.badImages(embedded.bad, total: plan.images.count) }
        let trainer = Trainer(experiment: experiment, images: plan.images, embedded: embedded)
        let journal = Journal(workspace: workspace, jobs: jobs, kernels: kernels)
        let progress = Progress(.training, total: trials.count, report: report)
        let failure = FirstFailure()
        let trained = Workers.map(trials.count, jobs: jobs) { index -> TrainedTrial? in
            guard !cancellation.isRequested, !failure.happened else { return nil }
            defer { progress.advance() }
            return failure.catching { try trainer.train(trials[index], into: store, journal: journal) }
        }
        try failure.rethrow()
        try cancellation.check()
        progress.end()
        return trained.compactMap { $0 }
    }

    private func identifiedImages() throws -> (usable: [SelectedImage], bad: [BadImage]) {
        try ImageIdentifier(experiment: experiment, jobs: jobs, cancellation: cancellation).images()
    }

    private var embedder: Embedder {
        Embedder(
            baseModel: experiment.baseModel, datasets: experiment.allDatasets, workspace: workspace, jobs: jobs,
            cancellation: cancellation, report: report)
    }
}
