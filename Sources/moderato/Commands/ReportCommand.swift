internal import ArgumentParser
internal import Harness

/// `moderato report`: the report again, from finished trials alone.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Writes the report of an experiment again, from its finished trials; trains nothing.")

    @OptionGroup var arguments: ExperimentArguments
    @OptionGroup var output: OutputArguments

    func run() throws {
        let experiment = try arguments.load()
        let line = ProgressLine(isQuiet: output.quiet)
        let outcome = try Runner(experiment, workspace: arguments.workspace, report: line.show).finished()
        try Publication(experiment, workspace: arguments.workspace).publish(
            Results(experiment, outcome: outcome, workspace: arguments.workspace), output)
    }
}
