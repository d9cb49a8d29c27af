internal import Evaluation
internal import Foundation
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
        let trained = Result {
            try queue.forEach(jobs: jobs, until: { self.isStopped }) { trial, sets in
                guard let lock = try WorkLock.take(self.store.lockFile(of: trial.id)) else { return false }
                try self.train(trial, sharing: sets, holding: lock)
                return true
            }
            try waitForOthers()
        }
        // Whatever happened: what is finished stays.
        let settled = Result { try store.barrier() }
        try trained.get()
        try settled.get()
        try cancellation.check()
        progress.end()
        return results.withLock { $0 }
    }

    /// Waits for the trials that other processes were training, and trains those that these left unfinished.
    private func waitForOthers() throws {
        let trials = isStopped ? [] : queue.takeHeldElsewhere()
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
        cancellation.isRequested || onFailure == .stop && results.withLock { !$0.failures.isEmpty }
    }
}
