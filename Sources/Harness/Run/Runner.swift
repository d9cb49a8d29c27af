internal import Adapters
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
    let onFailure: FailurePolicy
    let cancellation: Cancellation
    let report: @Sendable (RunEvent) -> Void

    /// What a trial that cannot be fitted means for the others.
    public enum FailurePolicy: Sendable {
        /// They are trained all the same.
        case keepGoing
        /// Nothing more is begun.
        case stop
    }

    /// A runner of `experiment`.
    ///
    /// - Parameters:
    ///   - jobs: threads that compute at a time, at most one each core; results do not depend on it.
    ///   - cancellation: the request to stop, looked at between images and between trials.
    ///   - report: told of progress, from any thread, one event at a time.
    public init(
        _ experiment: Experiment, workspace: Workspace, jobs: Int? = nil, onFailure: FailurePolicy = .keepGoing,
        cancellation: Cancellation = Cancellation(), report: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        self.experiment = experiment
        self.workspace = workspace
        self.jobs = jobs ?? Workers.standardCount
        self.onFailure = onFailure
        self.cancellation = cancellation
        self.report = report
    }

    /// Runs what is missing and answers with every finished trial.
    ///
    /// - Parameters:
    ///   - launcher: has the trials trained by a cluster; `nil` trains them here.
    ///   - isPublished: asked when nothing is missing: whether the results of exactly this plan are published, so that no
    ///     record need be read. The answer is then `nil`.
    /// - Throws: `Findings` where near duplicates are on both sides of a division, before anything is trained;
    ///   `RunError.stopped` at the first trial that cannot be fitted, where failures are to stop the run; `LaunchError`.
    public func run(
        on launcher: Launcher? = nil, unless isPublished: (Plan) throws -> Bool = { _ in false }
    ) throws -> RunOutcome? {
        let slurm = try launcher.map { try (launcher: $0, slurm: Slurm(cancellation: cancellation)) }
        let planned = try prepare(keepingEmbeddings: true)
        let store = try TrialStore(folder: workspace.store)
        for damage in store.removed { report(.note("warning: \(damage)")) }
        var missing = try self.missing(of: planned.plan, in: store)
        if try missing.isEmpty && isPublished(planned.plan) { return nil }
        let prepared = try withoutLeaks(planned)
        var trained = TrainedTrials()
        var records: [Digest: TrialRecord] = [:]
        // Only reading a file whole tells whether it is in order: what is damaged is trained in a second turn.
        while true {
            if !missing.isEmpty {
                let now = try slurm.map { try launch(missing, prepared, on: $0.launcher, $0.slurm, into: store) }
                trained.merge(try now ?? train(missing, prepared, into: store))
            }
            try stopIfFailed(trained, planned.plan, in: store)
            let known = Set(records.keys).union(trained.ids)
            let read = try self.records(
                of: prepared.plan.distinctTrials.filter { !known.contains($0.id) }, in: store)
            records.merge(read.records) { first, _ in first }
            missing = read.damaged
            if missing.isEmpty { break }
            for trial in missing {
                guard let lock = try WorkLock.take(store.lockFile(of: trial.id)) else { continue }
                try withExtendedLifetime(lock) { try store.removeDamaged(trial.id) }
            }
        }
        try cancellation.check()
        return RunOutcome(plan: prepared.plan, kept: records, trained: trained, skipped: prepared.skipped)
    }

    /// Every finished trial of the plan; trains nothing.
    public func finished() throws -> RunOutcome {
        let prepared = try prepare(keepingEmbeddings: false)
        let read = try records(
            of: prepared.plan.distinctTrials, in: TrialStore(folder: workspace.store, recovering: false))
        return RunOutcome(
            plan: prepared.plan, kept: read.records, trained: TrainedTrials(), skipped: prepared.skipped)
    }

    /// The plan, and which of its trials are finished; writes nothing.
    public func plan() throws -> (plan: Plan, finished: Set<Digest>) {
        let plan = try prepare(keepingEmbeddings: false).plan
        return (plan, try TrialStore(folder: workspace.store, recovering: false).finished(among: plan.trials.map(\.id)))
    }

    // MARK: Steps

    /// The trials that the store does not have.
    func missing(of plan: Plan, in store: TrialStore) throws -> [Trial] {
        let trials = plan.distinctTrials
        let finished = try store.finished(among: trials.map(\.id))
        let missing = trials.filter { !finished.contains($0.id) }
        // A file that does not count says why.
        _ = try records(
            of: missing.filter { FileManager.default.fileExists(atPath: store.file(of: $0.id).path) }, in: store)
        return missing
    }

    private func stopIfFailed(_ trained: TrainedTrials, _ plan: Plan, in store: TrialStore) throws {
        guard onFailure == .stop, let id = trained.failures.keys.min(), let failure = trained.failures[id] else {
            return
        }
        let total = plan.distinctTrials.count
        throw RunError.stopped(failure, finished: total - (try missing(of: plan, in: store).count), total: total)
    }

    /// The records of those `trials` that are finished; damaged ones are said.
    private func records(
        of trials: [Trial], in store: TrialStore
    ) throws -> (records: [Digest: TrialRecord], damaged: [Trial]) {
        let results = Workers.map(trials.count, jobs: jobs) { index in
            Result { try store.read(trials[index].id) }
        }
        var records: [Digest: TrialRecord] = [:]
        var damaged: [Trial] = []
        // Of many trials that share a damaged list of images, it is said once.
        var faults: Set<String> = []
        for (trial, result) in zip(trials, results) {
            do {
                records[trial.id] = try result.get()
            } catch StoreError.missing {
                continue
            } catch StoreError.outdated(_, let found) {
                faults.insert("\(found) is of an earlier version and not read; a run trains such trials again")
            } catch StoreError.damaged(let path, let reason) {
                faults.insert("\(path) is damaged (\(reason)); a run makes it again")
                damaged.append(trial)
            }
        }
        for fault in faults.sorted() { report(.note("warning: \(fault)")) }
        return (records, damaged)
    }

    /// Trains `trials` in this process.
    func train(_ trials: [Trial], _ prepared: Prepared, into store: TrialStore) throws -> TrainedTrials {
        let trainer = Trainer(
            experiment: experiment, images: prepared.plan.images, background: prepared.background,
            embedded: try embeddings(of: prepared))
        let stage = TrainingStage(
            trials, trainer: trainer, store: store,
            journal: try Journal(workspace: workspace, jobs: jobs, platform: prepared.platform), onFailure: onFailure,
            cancellation: cancellation, report: report)
        return try stage.run(jobs: jobs)
    }
}

extension Plan {
    /// The trials, each once.
    var distinctTrials: [Trial] {
        var seen: Set<Digest> = []
        return trials.filter { seen.insert($0.id).inserted }
    }
}
