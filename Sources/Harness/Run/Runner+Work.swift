public import Moderation
internal import Store

extension Runner {
    /// Trains those of the trials `ids` that are missing, as a run of the whole experiment would, and reports nothing.
    ///
    /// Near duplicates were looked for on the machine that handed out the trials, and the embeddings are in its cache.
    ///
    /// - Throws: `LaunchError.otherPlan` where this machine would not plan the same trials.
    public func work(on ids: [Digest]) throws {
        let prepared = try prepare(keepingEmbeddings: true)
        let wanted = Set(ids)
        let trials = prepared.plan.distinctTrials.filter { wanted.contains($0.id) }
        guard trials.count == wanted.count else {
            throw LaunchError.otherPlan(missing: wanted.count - trials.count, total: wanted.count)
        }
        let store = try TrialStore(folder: workspace.store)
        let finished = try store.finished(among: ids)
        let missing = trials.filter { !finished.contains($0.id) }
        if !missing.isEmpty { _ = try train(missing, prepared, into: store) }
    }
}
