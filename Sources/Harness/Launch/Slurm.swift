internal import Foundation

/// Slurm's commands, as a user of the cluster has them.
///
/// `squeue` alone tells the states of tasks: accounting (`sacct`) is switched off on many clusters, and not needed. Tasks
/// are looked up by the name of their job array, not by its number: a name is known before the job is submitted, so that a
/// process killed in between is no loss, and a name that Slurm no longer knows is an empty answer, not an error.
struct Slurm: Sendable {
    /// The request to stop, which also ends a command under way.
    let cancellation: Cancellation

    /// An answer, or what Slurm said instead of one.
    enum Answer<Value> {
        case said(Value)
        case failed(words: String)
    }

    /// Slurm on this machine.
    ///
    /// - Throws: `LaunchError.noSlurm` where a command is not on the PATH.
    init(cancellation: Cancellation) throws {
        for command in ["sbatch", "squeue", "scancel"] where !ExternalProgram.isInstalled(command) {
            throw LaunchError.noSlurm(command: command)
        }
        self.cancellation = cancellation
    }

    /// Submits `launch`, one task for each chunk; the answer is the number of its job array.
    func submit(_ launch: Launch, _ launcher: Launcher) throws -> Answer<String> {
        let throttle = launcher.arrayThrottle.map { "%\($0)" } ?? ""
        let own = [
            "--parsable", "--job-name=\(launch.jobName)", "--array=0-\(launch.chunks.count - 1)\(throttle)",
            "--chdir=\(launch.folder.path)", "--output=\(Launch.logPattern)",
        ]
        let outcome = try run(["sbatch"] + own + launcher.options + [launch.scriptFile.path])
        guard outcome.status == 0, let job = Self.jobNumber(in: outcome.output) else {
            return .failed(words: Self.words(outcome.output))
        }
        return .said(job)
    }

    /// The states of all tasks of the job arrays with these names that Slurm still knows.
    func tasks(named names: [String]) throws -> Answer<[TaskState]> {
        let outcome = try run([
            "squeue", "--noheader", "--array", "--states=all", "--user=\(getuid())",
            "--name=\(names.joined(separator: ","))", "--format=\(TaskState.format)",
        ])
        guard outcome.status == 0 else { return .failed(words: Self.words(outcome.output)) }
        return .said(outcome.output.split(separator: "\n").compactMap(TaskState.init))
    }

    /// Ends a task; where that fails, it is found again and ended the next time.
    func cancel(_ state: TaskState) throws {
        _ = try run(["scancel", "\(state.job)_\(state.task.number)"])
    }

    private func run(_ command: [String]) throws -> ExternalProgram.Outcome {
        let outcome = ExternalProgram.run(command, errors: .mergedIntoOutput, cancellation: cancellation)
        try cancellation.check()
        guard let outcome else { throw LaunchError.noSlurm(command: command[0]) }
        return outcome
    }

    /// The line with a number, and the cluster's name where there are several; warnings may stand around it.
    static func jobNumber(in output: String) -> String? {
        output.split(separator: "\n").compactMap { $0.wholeMatch(of: #/(\d+)(;.*)?/#).map { String($0.1) } }.first
    }

    /// What Slurm said, as one clause: without the program's name, and nothing twice.
    static func words(_ output: String) -> String {
        let lines = output.split(separator: "\n").map { $0.replacing(#/^s[a-z]+: ((error|fatal): )?/#, with: "") }
        return lines.isEmpty ? "it says nothing" : lines.joined(separator: "; ")
    }
}
