internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// The command line: one flat table of verbs.
@main
struct Moderato: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moderato",
        abstract: "Trains and compares custom moderation adapters, reproducibly.",
        discussion: """
            Data goes to standard output, talk to standard error. Exit codes:

            \(ExitStatus.table)
            """,
        version: Harness.Moderato.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Experiments",
                subcommands: [
                    CheckCommand.self, PlanCommand.self, RunCommand.self, ReportCommand.self, CompareCommand.self,
                    GateCommand.self, BaselineCommand.self,
                ]),
            CommandGroup(
                name: "Trials",
                subcommands: [
                    StatusCommand.self, ExplainCommand.self, VerifyCommand.self, CleanCommand.self, WorkCommand.self,
                ]),
            CommandGroup(
                name: "Adapters",
                subcommands: [AdapterCommand.self, UpdateCommand.self, DetectCommand.self, ServeCommand.self]),
            CommandGroup(
                name: "Datasets",
                subcommands: [
                    LintCommand.self, ImportCommand.self, ExportCommand.self, LabelsCommand.self, SchemaCommand.self,
                ]),
        ])

    /// Runs the verb; every error becomes one message and one exit code.
    static func main() {
        Output.holdStandardStreams()
        // A file-size limit is then an error that a write reports, not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let status = ExitStatus(for: error)
            guard let status else { exit(withError: error) }
            Talk.say(status.message(for: error))
            Foundation.exit(status.rawValue)
        }
    }
}
