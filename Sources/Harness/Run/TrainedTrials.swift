internal import Evaluation
internal import Moderation

/// What became of the trials that a process trained.
struct TrainedTrials: Sendable {
    /// The record of each trial that was finished.
    var finished: [Digest: TrialRecord] = [:]
    /// Why the others could not be fitted.
    var failures: [Digest: TrialFailure] = [:]

    /// The trials of both kinds.
    var ids: Set<Digest> { Set(finished.keys).union(failures.keys) }

    /// Adds what a later turn gave, which counts where both speak of a trial.
    mutating func merge(_ later: TrainedTrials) {
        finished.merge(later.finished) { $1 }
        failures.merge(later.failures) { $1 }
    }
}
