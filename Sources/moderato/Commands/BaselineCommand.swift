internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato baseline`: what a gate compares with.
struct BaselineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline", abstract: "Writes or shows the baseline that a gate compares with.",
        subcommands: [Update.self, Show.self])

    /// `moderato baseline update`.
    struct Update: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Runs what is missing of an experiment and writes its baseline, to be committed.",
            discussion: """
                The file names each image that a gated adapter is wrong about, on a line of its own: what a diff of it shows \
                is what became better and worse.
                """)

        @OptionGroup var arguments: ExperimentArguments
        @OptionGroup var place: BaselinePlace
        @Flag(help: "Write nothing; end with exit code 1 where the file is not up to date.") var check = false
        @OptionGroup var threads: JobsArguments
        @Flag(help: "Say nothing but errors and results.") var quiet = false

        func run() throws { try Interrupts.stopping(run) }

        private func run(_ cancellation: Cancellation) throws {
            let experiment = try arguments.load()
            try experiment.checkGate()
            let file = place.file(of: experiment)
            let run = GatedRun(
                workspace: arguments.workspace, jobs: threads.jobs, isQuiet: quiet, cancellation: cancellation)
            let baseline: Baseline
            do {
                baseline = try file.made(from: run.outcome(of: experiment))
            } catch let problem as GateProblem {
                Talk.say("error: \(problem)")
                throw ExitCode(ExitStatus.trialsFailed.rawValue)
            }
            if check { return try checkUpToDate(file, baseline, experiment) }
            let isWritten = try file.write(baseline)
            try Output.print(BaselineText.table(baseline))
            if !quiet { Talk.say("\(file.name): \(isWritten ? "written; commit it" : "up to date")") }
        }

        private func checkUpToDate(_ file: BaselineFile, _ baseline: Baseline, _ experiment: Experiment) throws {
            guard try !file.holds(baseline) else {
                if !quiet { Talk.say("\(file.name): up to date") }
                return
            }
            throw Findings([
                Finding(
                    "the baseline is not up to date", at: Place(file: file.name, line: 0),
                    hint: "`moderato baseline update \(experiment.file)` writes it")
            ])
        }
    }

    /// `moderato baseline show`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Prints the error rates of the baseline of an experiment.")

        @OptionGroup var arguments: ExperimentArguments
        @OptionGroup var place: BaselinePlace
        @Flag(help: "Print the baseline as JSON.") var json = false

        func run() throws {
            let baseline = try place.file(of: arguments.load()).read()
            try Output.print(json ? baseline.json(pretty: true) : BaselineText.table(baseline))
        }
    }
}

/// Where the baseline is.
struct BaselinePlace: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The baseline; by default baselines/NAME.json beside the experiment file.", valueName: "file"))
    var baseline: String?

    /// The baseline of `experiment`.
    func file(of experiment: Experiment) -> BaselineFile {
        BaselineFile(experiment, file: baseline.map { URL(filePath: $0) })
    }
}

/// A baseline, to be printed.
enum BaselineText {
    static func table(_ baseline: Baseline) -> String {
        let header = ["label", "split", "adapter", "FN", "of tests", "rate", "FP", "of tests", "rate"]
        let rows = baseline.rates.map { rates in
            [rates.label, rates.split, rates.adapter] + cells(rates.falseNegatives) + cells(rates.falsePositives)
        }
        return TextTable.text(header, rows, rightAligned: Set(3...8))
    }

    private static func cells(_ rate: Baseline.Rates.Rate) -> [String] {
        [
            String(rate.errors), String(rate.tests),
            rate.rate.map { String(format: "%.1f%%", 100 * $0) } ?? "—",
        ]
    }
}
