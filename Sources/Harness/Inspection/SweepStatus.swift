public import Foundation
internal import LinearAlgebra
internal import Moderation
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

/// Looks how far experiments of a workspace are; trains and writes nothing.
public final class SweepInspector {
    private let workspace: Workspace
    private let store: TrialStore
    /// Read when it is first needed, for all experiments.
    private lazy var finished = Result { try FinishedTrials(of: store, jobs: Workers.standardCount) }

    public init(workspace: Workspace) throws {
        self.workspace = workspace
        store = try TrialStore(folder: workspace.store, recovering: false)
    }

    /// How far the experiment in `file` is.
    public func status(of file: URL) throws -> SweepStatus {
        let experiment = try Experiment(file: file, workspace: workspace)
        let plan = try Runner(experiment, workspace: workspace).plan().plan
        let trials = plan.distinctTrials
        let done = try store.finished(among: trials.map(\.id))
        let open = trials.filter { !done.contains($0.id) }
        let failures = try store.failures(among: open.map(\.id))
        let untried = open.filter { failures[$0.id] == nil }
        let stale = try untried.isEmpty ? 0 : finished.get().stale(untried, of: plan).count
        return SweepStatus(
            total: trials.count, done: done.count, failed: failures.count, missing: untried.count - stale,
            stale: stale)
    }
}
