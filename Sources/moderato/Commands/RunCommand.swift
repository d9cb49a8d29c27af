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
    @Option(help: "Threads that compute at a time; the results do not depend on it.") var jobs: Int?
    @Option(
        help: ArgumentHelp(
            "Train on a cluster: a name in Experiments/launchers, or a path ending in .yaml.",
            discussion: "Left alone, the cluster goes on; the same command follows it again.", valueName: "file"))
    var launcher: String?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs is at least 1, given \(jobs)") }
    }

    func run() throws {
        let cancellation = Cancellation()
        let interrupts = Interrupts(cancelling: cancellation)
        defer { withExtendedLifetime(interrupts) {} }
        let launcher = try launcher.map(arguments.workspace.readLauncher)
        let experiment = try arguments.load()
        let line = ProgressLine(isQuiet: output.quiet)
        let runner = Runner(
            experiment, workspace: arguments.workspace, jobs: jobs, cancellation: cancellation, report: line.show)
        let outcome = try launcher.map(runner.run(on:)) ?? runner.run()
        try Results(experiment, outcome: outcome, workspace: arguments.workspace).publish(output)
    }
}

/// What is printed, and how.
struct OutputArguments: ParsableArguments {
    @Flag(help: "Print the comparison as JSON instead of a table.") var json = false
    @Flag(help: "Say nothing but errors and results.") var quiet = false
}
