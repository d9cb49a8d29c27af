public import Moderation
internal import Store

/// How far an experiment is: how many of its trials are finished, and what is the matter with the others.
public struct SweepStatus: Sendable, Equatable {
    /// Trials that the experiment asks for, each once.
    public let total: Int
    /// Those that are finished.
    public let done: Int
    /// Those that could not be fitted when they were last tried.
    public let failed: Int
    /// Those that were never tried.
    public let missing: Int
    /// Those that were finished with the same recipe on the same kind of division, on inputs that have changed since.
    public let stale: Int
}

extension Runner {
    /// How far the experiment is; trains and writes nothing.
    public func status() throws -> SweepStatus {
        let plan = try prepare(keepingEmbeddings: false).plan
        let store = try TrialStore(folder: workspace.store)
        let trials = plan.distinctTrials
        let finished = try store.finished(among: trials.map(\.id))
        let open = trials.filter { !finished.contains($0.id) }
        let failures = try store.failures(among: open.map(\.id))
        let untried = open.filter { failures[$0.id] == nil }
        let stale = try untried.isEmpty ? 0 : self.stale(untried, in: store)
        return SweepStatus(
            total: trials.count, done: finished.count, failed: failures.count, missing: untried.count - stale,
            stale: stale)
    }

    /// How many of `trials`, none of which is finished, are finished but for what their specification does not say.
    private func stale(_ trials: [Trial], in store: TrialStore) throws -> Int {
        let known = Set(try FinishedTrials(of: store, jobs: jobs).inputs.values.map(\.specification))
        return trials.count { known.contains($0.inputs.specification) }
    }
}
