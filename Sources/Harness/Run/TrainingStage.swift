internal import Evaluation
internal import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store
internal import Synchronization

/// The training of missing trials, by threads of this process and beside other processes that train the same ones.
///
/// Whoever trains a trial holds its lock, which ends with the process, however that dies. A trial whose lock another
/// process holds is left to it, and looked at again when nothing else is left to do.
final class TrainingStage: Sendable {
    private let trainer: Trainer
    private let store: TrialStore
    private let journal: Journal
    private let onFailure: Runner.FailurePolicy
    private let cancellation: Cancellation
    private let report: @Sendable (RunEvent) -> Void
    private let queue: TrialQueue
    private let progress: StageProgress
    private let worldFailure = FirstFailure()
    private let results = Mutex(TrainedTrials())

    /// The training of `trials` into `store`.
    init(
        _ trials: [Trial], trainer: Trainer, store: TrialStore, journal: Journal, onFailure: Runner.FailurePolicy,
        cancellation: Cancellation, report: @escaping @Sendable (RunEvent) -> Void
    ) {
        self.trainer = trainer
        self.store = store
        self.journal = journal
        self.onFailure = onFailure
        self.cancellation = cancellation
        self.report = report
        queue = TrialQueue(trials, makeSets: trainer.sets)
        progress = StageProgress(.training, total: trials.count, report: report)
    }

    /// Trains all trials, `jobs` at a time, and answers what became of those that this process trained.
    func run(jobs: Int) throws -> TrainedTrials {
        _ = Workers.map(jobs, jobs: jobs) { _ in
            worldFailure.catching { () throws -> Void? in try work() }
        }
        if !isStopped { try waitForOthers() }
        let settled = Result { try store.barrier() }
        try worldFailure.rethrow()
        try settled.get()
        try cancellation.check()
        progress.end()
        return results.withLock { $0 }
    }

    /// What one thread does: trial after trial, until none is left that nobody has taken.
    private func work() throws {
        var division: TrialQueue.Division?
        while !isStopped, let next = queue.next(after: division) {
            if let lock = try WorkLock.take(store.lockFile(of: next.trial.id)) {
                division = next.division
                try train(next.trial, sharing: next.division.sets, holding: lock)
            } else {
                division = nil
                queue.putAside(next.trial, of: next.division)
            }
        }
    }

    /// Waits for the trials that other processes were training, and trains those that these left unfinished.
    private func waitForOthers() throws {
        let trials = queue.takeHeldElsewhere()
        if !trials.isEmpty { report(.note("waiting for \(trials.count) trials that another process is training")) }
        for trial in trials where !isStopped {
            let lock = try WorkLock.wait(store.lockFile(of: trial.id)) { self.isStopped }
            if let lock { try train(trial, sharing: trainer.sets(for: trial), holding: lock) }
        }
    }

    /// Trains `trial`, unless another process has finished it in the meantime.
    private func train(_ trial: Trial, sharing sets: DivisionSets, holding lock: WorkLock) throws {
        try withExtendedLifetime(lock) {
            defer { progress.advance() }
            if try store.contains(trial.id) { return }
            switch try trainer.train(trial, sharing: sets, into: store, journal: journal) {
            case .finished(let record): results.withLock { $0.finished[record.id] = record }
            case .failed(let failure): results.withLock { $0.failures[failure.id] = failure }
            }
        }
    }

    private var isStopped: Bool {
        if cancellation.isRequested || worldFailure.happened { return true }
        return onFailure == .stop && results.withLock { !$0.failures.isEmpty }
    }
}
