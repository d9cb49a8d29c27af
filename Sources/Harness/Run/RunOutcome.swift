public import Evaluation
public import Moderation

/// What a run ends in.
public struct RunOutcome: Sendable {
    /// What was to be done.
    public let plan: Plan
    /// The record of every finished trial.
    public let records: [Digest: TrialRecord]
    /// Why trials could not be fitted.
    public let failures: [Digest: TrialFailure]
    /// Images left out because they cannot be used.
    public let skipped: [BadImage]
    /// The trials that this run trained; the others were there.
    public let trained: Set<Digest>

    init(plan: Plan, kept: [Digest: TrialRecord], trained: TrainedTrials, skipped: [BadImage]) {
        self.plan = plan
        records = kept.merging(trained.finished) { $1 }
        failures = trained.failures
        self.skipped = skipped
        self.trained = Set(trained.finished.keys)
    }
}

/// A trial that could not be fitted.
public struct TrialFailure: Sendable, Equatable {
    /// The trial.
    public let id: Digest
    /// Why, in a sentence.
    public let reason: String
}

/// What became of a trial that was tried.
enum TrainedTrial: Sendable {
    case finished(TrialRecord)
    case failed(TrialFailure)
}
