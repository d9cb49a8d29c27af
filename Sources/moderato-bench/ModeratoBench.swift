internal import ArgumentParser

/// What the benchmarks measure and compare, and `moderato` itself has no verb for: one flat table.
///
/// `Benchmarks/bench.py` calls it; whatever a user can time is timed on `moderato`.
@main
struct ModeratoBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "moderato-bench", abstract: "Measures for Benchmarks/, not for use.",
        subcommands: [TrialsCommand.self, MillionCommand.self])
}
