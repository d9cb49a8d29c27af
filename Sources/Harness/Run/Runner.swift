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
    ///   - jobs: threads that compute at a time, at most one each core; results do not depend on it.
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
    ///
    /// - Throws: `Findings` where near duplicates are on both sides of a division, before anything is trained.
    public func run() throws -> RunOutcome {
        let prepared = try withoutLeaks(prepare(keepingEmbeddings: true))
        let store = try TrialStore(folder: workspace.store)
        let kept = try stored(prepared.plan.distinctTrials, in: store)
        let missing = prepared.plan.distinctTrials.filter { kept[$0.id] == nil }
        let trained = missing.isEmpty ? [] : try train(missing, prepared, into: store)
        try cancellation.check()
        return RunOutcome(plan: prepared.plan, kept: kept, trained: trained, skipped: prepared.skipped)
    }

    /// Every finished trial of the plan; trains nothing.
    public func finished() throws -> RunOutcome {
        let prepared = try prepare(keepingEmbeddings: false)
        let records = try stored(prepared.plan.distinctTrials, in: TrialStore(folder: workspace.store))
        return RunOutcome(plan: prepared.plan, kept: records, trained: [], skipped: prepared.skipped)
    }

    /// The plan, and which of its trials are finished; writes nothing.
    public func plan() throws -> (plan: Plan, finished: Set<Digest>) {
        let plan = try prepare(keepingEmbeddings: false).plan
        let store = try TrialStore(folder: workspace.store)
        return (plan, Set(try plan.trials.map(\.id).filter(store.contains)))
    }

    // MARK: Steps

    /// The plan. Where bad images are to be skipped, only embedding tells which they are.
    func prepare(keepingEmbeddings: Bool) throws -> Prepared {
        let platform = try Platform(workspace: workspace)
        let identifier = ImageIdentifier(experiment: experiment, jobs: jobs, cancellation: cancellation)
        let identified = try identifier.images()
        // Where a manifest declares no digests, only the bytes tell that an image stands there twice.
        let copies = experiment.copyFindings(identified.usable.map { ($0.record, $0.digest, $0.dataset) })
        guard copies.isEmpty else { throw Findings(copies) }
        let background = try identifier.background(besides: identified.usable)
        let bad = identified.bad + background.bad
        guard experiment.onBadImage == .skip else {
            guard bad.isEmpty else {
                throw RunError.badImages(
                    bad, total: identified.usable.count + background.usable.count + bad.count)
            }
            return prepared(platform, identified.usable, background: background.usable)
        }
        let embedded = try embedder(platform).embed(
            identified.usable + background.usable, keeping: keepingEmbeddings)
        let skipped = (bad + embedded.bad).sorted { $0.path < $1.path }
        for image in skipped { report(.note("warning: \(image.path) is skipped: \(image.reason)")) }
        let usable = identified.usable.filter(embedded.contains)
        guard !usable.isEmpty else { throw RunError.noImages(reason: "all \(skipped.count) of them are skipped") }
        return prepared(
            platform, usable, background: background.usable.filter(embedded.contains),
            skipped: skipped, embedded: embedded)
    }

    private func prepared(
        _ platform: Platform, _ images: [SelectedImage], background: [SelectedImage], skipped: [BadImage] = [],
        embedded: EmbeddedImages? = nil
    ) -> Prepared {
        Prepared(
            platform: platform,
            plan: Plan(experiment, images: images, background: background, platform: platform),
            background: background, skipped: skipped, embedded: embedded)
    }

    /// What was prepared, after a look for near duplicates on both sides of a division; the embeddings are kept where they
    /// had to be looked at.
    func withoutLeaks(_ prepared: Prepared) throws -> Prepared {
        guard experiment.splits.contains(where: { !$0.allowedLeaks.contains(.nearDuplicates) }) else { return prepared }
        let images = prepared.plan.images
        let fingerprints = try Fingerprinter(
            workspace: workspace, jobs: jobs, cancellation: cancellation, report: report
        ).fingerprints(of: images)
        let check = LeakCheck(experiment, plan: prepared.plan)
        let candidates = check.candidates(fingerprints)
        guard !candidates.isEmpty else { return prepared }
        let embedded = try embeddings(of: prepared)
        try check.check(candidates, embeddings: embedded.plain.matrix(of: images))
        return Prepared(
            platform: prepared.platform, plan: prepared.plan, background: prepared.background,
            skipped: prepared.skipped, embedded: embedded)
    }

    /// The records of finished trials; damaged ones are said and done again.
    func stored(_ trials: [Trial], in store: TrialStore) throws -> [Digest: TrialRecord] {
        let results = Workers.map(trials.count, jobs: jobs) { index in
            Result { try store.read(trials[index].id) }
        }
        var records: [Digest: TrialRecord] = [:]
        for (trial, result) in zip(trials, results) {
            do {
                records[trial.id] = try result.get()
            } catch StoreError.missing {
                continue
            } catch StoreError.damaged(let path, let reason) {
                report(.note("warning: \(path) is damaged (\(reason)); a run trains its trial again"))
            }
        }
        return records
    }

    func train(
        _ trials: [Trial], _ prepared: Prepared, into store: TrialStore
    ) throws -> [TrainedTrial] {
        let images = prepared.plan.images
        let embedded = try embeddings(of: prepared)
        let trainer = Trainer(
            experiment: experiment, images: images, background: prepared.background, embedded: embedded)
        let journal = Journal(workspace: workspace, jobs: jobs, platform: prepared.platform)
        let progress = StageProgress(.training, total: trials.count, report: report)
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

    /// The embeddings of the plan's images, computed unless they were needed before.
    func embeddings(of prepared: Prepared) throws -> EmbeddedImages {
        let images = prepared.plan.images + prepared.background
        let embedded = try prepared.embedded ?? embedder(prepared.platform).embed(images, keeping: true)
        guard embedded.bad.isEmpty || experiment.onBadImage == .skip else {
            throw RunError.badImages(embedded.bad, total: images.count)
        }
        return embedded
    }

    private func embedder(_ platform: Platform) -> Embedder {
        Embedder(
            experiment: experiment, workspace: workspace, platform: platform, jobs: jobs, cancellation: cancellation,
            report: report)
    }
}

/// A plan, and what was learnt on the way to it.
struct Prepared {
    let platform: Platform
    let plan: Plan
    /// Images that are neither trained on nor tested on, for means and covariances.
    let background: [SelectedImage]
    /// Images left out because they cannot be used.
    let skipped: [BadImage]
    /// The embeddings, where they were needed to tell usable images from others.
    let embedded: EmbeddedImages?
}

extension Plan {
    /// The trials, each once.
    var distinctTrials: [Trial] {
        var seen: Set<Digest> = []
        return trials.filter { seen.insert($0.id).inserted }
    }
}
