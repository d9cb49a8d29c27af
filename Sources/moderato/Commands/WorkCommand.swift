internal import ArgumentParser
internal import Foundation
internal import Harness

/// `moderato work`: what a task of a cluster runs; a person runs `moderato run --launcher`.
struct WorkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "Trains the trials of a chunk file that are missing; writes no report.",
        shouldDisplay: false)

    @OptionGroup var arguments: ExperimentArguments
    @Option(help: "A file of trial ids, one a line.") var chunk: String
    @Option(help: "Threads that compute at a time; the results do not depend on it.") var jobs = 1

    func run() throws { try Interrupts.stopping(run) }

    private func run(_ cancellation: Cancellation) throws {
        let trials = try Chunk(file: URL(filePath: chunk)).trials()
        let runner = Runner(
            try arguments.load(), workspace: arguments.workspace, jobs: jobs, cancellation: cancellation,
            report: ProgressLine(isQuiet: false).show)
        try runner.work(on: trials)
    }
}
