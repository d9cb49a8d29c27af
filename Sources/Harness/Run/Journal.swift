internal import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Writes the log of a run: `runs/<time>-<host>-<process>.jsonl`, a line for the run and one for each trial it ended.
struct Journal: Sendable {
    private let file: LineFile

    /// A journal of a run that begins now.
    init(workspace: Workspace, jobs: Int, platform: Platform) throws {
        let now = Date.now
        let run = RunLog(
            startedAt: now.formatted(.iso8601), jobs: jobs, machine: .current,
            versions: RunLog.Versions(
                moderato: Moderato.version, onnxRuntime: platform.onnxRuntime, openblas: platform.kernels.description),
            source: .state(of: workspace.root))
        // Milliseconds, since one process may run several experiments.
        let time = now.formatted(
            Date.ISO8601FormatStyle(
                dateSeparator: .omitted, timeSeparator: .omitted, includingFractionalSeconds: true))
        let name = "\(time)-\(run.machine.host)-\(getpid()).jsonl"
        file = try LineFile(appendingTo: workspace.store.appending(path: "runs/\(name)"))
        try file.append(run.json(keys: .convertToSnakeCase))
    }

    /// Adds a line for the trial `id`, which was trained from `embeddings` and ends now.
    func add(_ id: Digest, embeddings: Digest, took duration: Duration) throws {
        let trial = RunLog.Trial(
            trial: id.description, finishedAt: Date.now.formatted(.iso8601), wallSeconds: duration / .seconds(1),
            peakBytes: peakResidentBytes(), embeddings: embeddings.description)
        try file.append(trial.json(keys: .convertToSnakeCase))
    }
}
