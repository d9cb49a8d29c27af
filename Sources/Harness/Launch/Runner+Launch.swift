internal import LinearAlgebra
internal import Moderation
internal import Store

extension Runner {
    /// Has `trials` trained by the cluster of `launcher`, and follows it.
    ///
    /// What has to be done once is done here: near duplicates were looked for, and images are embedded before anything is
    /// submitted. Tasks write to the same store as a run on this machine, so the bytes are the same.
    func launch(
        _ trials: [Trial], _ prepared: Prepared, on launcher: Launcher, _ slurm: Slurm, into store: TrialStore
    ) throws -> TrainedTrials {
        _ = try embeddings(of: prepared)
        let submission = Submission(
            launcher: launcher, experiment: experiment.location, workspace: workspace,
            usesNativeKernels: prepared.platform.kernels.isNative, cancellation: cancellation)
        return try Follower(submission, slurm: slurm, store: store, report: report).train(trials.map(\.id))
    }
}
