internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Reporting

/// `moderato run`: from the experiment file to the table.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Runs what is missing of an experiment and prints the comparison.",
        discussion: "Trials that are finished are not done again; a run that was stopped goes on where it was.")

    @OptionGroup var arguments: ExperimentArguments
    @OptionGroup var output: OutputArguments
    @OptionGroup var threads: JobsArguments
    @Option(
        help: ArgumentHelp(
            "Train on a cluster: a name in Experiments/launchers, or a path ending in .yaml.",
            discussion: "Left alone, the cluster goes on; the same command follows it again.", valueName: "file"))
    var launcher: String?

    @Flag var onFailure = OnFailure.keepGoing

    func validate() throws {
        if launcher != nil && onFailure == .failFast {
            throw ValidationError("--fail-fast is not for --launcher, whose tasks do not see each other's failures")
        }
    }

    func run() throws { try Interrupts.stopping(run) }

    private func run(_ cancellation: Cancellation) throws {
        let launcher = try launcher.map(arguments.workspace.readLauncher)
        let experiment = try arguments.load()
        let line = ProgressLine(isQuiet: output.quiet)
        let runner = Runner(
            experiment, workspace: arguments.workspace, jobs: threads.jobs, onFailure: onFailure.policy,
            cancellation: cancellation, report: line.show)
        let code = try ExitCode.catching { try publish(experiment, runner, on: launcher) }
        // The report is out by now, whatever becomes of the adapters.
        let update = AutomaticUpdate(after: experiment, workspace: arguments.workspace, jobs: threads.jobs)
        let status: ExitStatus?
        do {
            status = try update.run(quiet: output.quiet, cancellation)
        } catch {
            guard let code, let own = ExitStatus(for: error) else { throw error }
            // What failed in the run counts before what failed after it, and neither is kept quiet.
            Talk.say(own.message(for: error))
            throw code
        }
        if let code = code ?? status.map({ ExitCode($0.rawValue) }) { throw code }
    }

    private func publish(_ experiment: Experiment, _ runner: Runner, on launcher: Launcher?) throws {
        let publication = Publication(experiment, workspace: arguments.workspace)
        guard let outcome = try runner.run(on: launcher, unless: publication.isCurrent) else {
            return try publication.show(output)
        }
        try publication.publish(Results(experiment, outcome: outcome, workspace: arguments.workspace), output)
    }
}

extension ExitCode {
    /// The code that `body` ends with, if it ends with one.
    fileprivate static func catching(_ body: () throws -> Void) throws -> ExitCode? {
        do {
            try body()
            return nil
        } catch let code as ExitCode {
            return code
        }
    }
}

/// What a trial that cannot be fitted means for the others, as the command line says it.
enum OnFailure: EnumerableFlag {
    case keepGoing, failFast

    static func help(for value: OnFailure) -> ArgumentHelp? {
        switch value {
        case .keepGoing: "Train the others, report the failures in the table, and end with exit code 3."
        case .failFast: "Stop there, without a report."
        }
    }

    var policy: Runner.FailurePolicy {
        switch self {
        case .keepGoing: .keepGoing
        case .failFast: .stop
        }
    }
}

/// What is printed, and how.
struct OutputArguments: ParsableArguments {
    @Flag(help: "Print the comparison as JSON instead of a table.") var json = false
    @Flag(help: "Say nothing but errors and results.") var quiet = false
}
