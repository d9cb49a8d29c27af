internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// Writes run logs: what is the same for a whole run is looked up once.
struct Journal: Sendable {
    private let jobs: Int
    private let openblas: String
    private let machine = RunLog.Machine.current
    private let source: RunLog.Source

    init(workspace: Workspace, jobs: Int, kernels: KernelPolicy) {
        self.jobs = jobs
        openblas = kernels.description
        source = .state(of: workspace.root)
    }

    /// The log of the trial `id`, which ends now.
    func entry(for id: Digest, started: Date) throws -> Data {
        let ended = Date()
        return try RunLog(
            trial: id.description, finishedAt: ended.formatted(.iso8601),
            wallSeconds: ended.timeIntervalSince(started), peakBytes: peakResidentBytes(), jobs: jobs, machine: machine,
            versions: RunLog.Versions(moderato: Moderato.version, openblas: openblas), source: source
        ).data()
    }
}
