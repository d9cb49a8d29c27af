internal import Evaluation
internal import Moderation
internal import Store

extension Runner {
    /// Runs what is missing on the cluster of `launcher`, follows it, and answers with every finished trial.
    ///
    /// What has to be done once is done here: images are embedded and near duplicates looked for before anything is
    /// submitted. Tasks write to the same store as a run on this machine, so the bytes are the same.
    ///
    /// - Throws: `LaunchError` where Slurm is not here or refuses; `Findings` as `run` does.
    public func run(on launcher: Launcher) throws -> RunOutcome {
        let slurm = try Slurm(cancellation: cancellation)
        let prepared = try withoutLeaks(prepare(keepingEmbeddings: true))
        let store = try TrialStore(folder: workspace.store)
        let kept = try stored(prepared.plan.distinctTrials, in: store)
        let missing = prepared.plan.distinctTrials.map(\.id).filter { kept[$0] == nil }
        guard !missing.isEmpty else {
            return RunOutcome(plan: prepared.plan, kept: kept, trained: [], skipped: prepared.skipped)
        }
        _ = try embeddings(of: prepared)
        let submission = Submission(launcher: launcher, experiment: experiment.location, workspace: workspace)
        let follower = Follower(submission, slurm: slurm, store: store, report: report)
        let trained = try follower.train(missing)
        return RunOutcome(plan: prepared.plan, kept: kept, trained: trained, skipped: prepared.skipped)
    }
}
