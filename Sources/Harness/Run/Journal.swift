internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// Writes run logs: what is the same for a whole run is looked up once.
struct Journal: Sendable {
    private let jobs: Int
    private let versions: RunLog.Versions
    private let machine = RunLog.Machine.current
    private let source: RunLog.Source

    init(workspace: Workspace, jobs: Int, platform: Platform) {
        self.jobs = jobs
        versions = RunLog.Versions(
            moderato: Moderato.version, onnxRuntime: platform.onnxRuntime, openblas: platform.kernels.description)
        source = .state(of: workspace.root)
    }

    /// The log of the trial `id`, which was trained from `embeddings` and ends now.
    func entry(for id: Digest, embeddings: Digest, took duration: Duration) throws -> Data {
        let log = RunLog(
            trial: id.description, finishedAt: Date.now.formatted(.iso8601),
            wallSeconds: duration / .seconds(1), peakBytes: peakResidentBytes(), jobs: jobs,
            embeddings: embeddings.description, machine: machine, versions: versions, source: source)
        return Data(try log.json(keys: .convertToSnakeCase, pretty: true).utf8)
    }
}
