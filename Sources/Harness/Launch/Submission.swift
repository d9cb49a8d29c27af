internal import Foundation
internal import Moderation
internal import Store

/// What every launch of a run has in common, and where the launches of a project are.
struct Submission: Sendable {
    let launcher: Launcher
    /// The experiment file.
    let experiment: URL
    let workspace: Workspace
    /// Whether tasks compute with the fastest kernels of their machine.
    let usesNativeKernels: Bool
    let cancellation: Cancellation

    /// The folder of all launches of the project.
    var folder: URL { workspace.store.appending(path: "launches") }

    /// The result of `body`; no other process decides meanwhile what is to be submitted.
    func alone<Result>(_ body: () throws -> Result) throws -> Result {
        guard let lock = try WorkLock.wait(folder.appending(path: "lock"), until: { cancellation.isRequested }) else {
            throw RunError.interrupted
        }
        return try withExtendedLifetime(lock, body)
    }

    /// Every launch that left a folder: of this run, of others, of experiments that share trials with this one.
    func launches() -> [Launch] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0 != "lock" }.sorted().map { Launch(reading: folder.appending(path: $0)) }
    }

    /// The files of a new launch of `trials`.
    func launch(of trials: [Digest]) throws -> Launch {
        try Launch(of: Chunks.split(trials, size: launcher.trialsPerTask), below: folder) { folder in
            JobScript(
                setup: launcher.setup, program: launcher.program ?? Self.program,
                experiment: experiment.standardizedFileURL, root: workspace.root, folder: folder,
                usesNativeKernels: usesNativeKernels)
        }
    }

    /// Keeps what is known of `launch` now that it is job `number`.
    func record(_ launch: Launch, job number: String) throws {
        try launch.write(
            Launch.Job(
                job: number, name: launch.jobName, tasks: launch.chunks.count,
                trials: launch.chunks.reduce(0) { $0 + $1.count }, experiment: workspace.path(of: experiment),
                host: ProcessInfo.processInfo.hostName, submittedAt: Date.now.formatted(.iso8601)))
    }

    /// The path of this process's own program.
    private static var program: String {
        Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? CommandLine.arguments[0]
    }
}
