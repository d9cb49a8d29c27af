internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato verify`: whether trials come out the same again.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Trains finished trials again and compares them with their records.",
        discussion: """
            Every bit has to be the same where the same kernels compute. A trial that other kernels or another version of a \
            library computed is compared within \(RecordDifference.bound) logits, times a score's size where that is above \
            1, with the same hyperparameters chosen. Nothing is written.
            """)

    @OptionGroup var arguments: ExperimentArguments
    @OptionGroup var threads: JobsArguments
    @Option(help: "Verify so many trials, drawn at random; by default all.") var sample: Int?
    @Option(help: "Another seed draws another sample.") var seed: UInt64 = 0
    @Flag(help: "Print what was found of each trial as JSON.") var json = false
    @Flag(help: "Say nothing but errors and results.") var quiet = false

    func validate() throws {
        if let sample, sample < 1 { throw ValidationError("--sample is at least 1, given \(sample)") }
    }

    func run() throws { try Interrupts.stopping(run) }

    private func run(_ cancellation: Cancellation) throws {
        let experiment = try arguments.load()
        let line = ProgressLine(isQuiet: quiet)
        let runner = Runner(
            experiment, workspace: arguments.workspace, jobs: threads.jobs, cancellation: cancellation,
            report: line.show)
        let text = VerificationText(try runner.verify(sample: sample, seed: seed))
        try Output.print(json ? text.json.text(pretty: true) : text.plain)
        if text.hasDifferences { throw ExitCode(ExitStatus.notReproduced.rawValue) }
    }
}

/// A verification, to be printed.
private struct VerificationText {
    private let verification: Verification

    init(_ verification: Verification) {
        self.verification = verification
    }

    var hasDifferences: Bool { !verification.different.isEmpty }

    var plain: String {
        let trials = verification.trials
        let same = trials.count { $0.finding == .none }
        let close = trials.count - same - verification.different.count
        let parts =
            ["\(same) of \(trials.count) trials come out the same, bit for bit"]
            + (close > 0
                ? ["\(close) within \(RecordDifference.bound) logits of what \(cores) kernels gave\(spread)"] : [])
            + (hasDifferences ? ["\(verification.different.count) do not"] : [])
            + (verification.unfinished > 0 ? ["\(verification.unfinished) are not finished"] : [])
        return ([parts.joined(separator: "; "), "computed by \(verification.platform)"] + differences)
            .joined(separator: "\n")
    }

    /// The core types that computed the trials that are not the same.
    private var cores: String {
        Set(verification.trials.filter { $0.finding != .none }.map(\.recordedCore)).sorted().joined(separator: " and ")
    }

    /// How much scores differ at most, and how many decisions.
    private var spread: String {
        var (largest, flipped) = (0.0, 0)
        for case .withinBound(let score, let decisions) in verification.trials.map(\.finding) {
            (largest, flipped) = (max(largest, score), flipped + decisions)
        }
        let most = largest == 0 ? "0" : String(format: "%.1e", largest)
        return " (at most \(most), \(flipped) decisions differ)"
    }

    private var differences: [String] {
        verification.different.map { trial in
            guard case .beyond(let what) = trial.finding else { return "" }
            return "  \(trial.id.short) \(trial.adapter), repetition \(trial.repetition): \(what)"
        }
    }

    var json: JSONValue {
        .object([
            "platform": .text(verification.platform), "unfinished": .integer(verification.unfinished),
            "trials": .list(verification.trials.map(Self.json)),
        ])
    }

    private static func json(of trial: Verification.Verified) -> JSONValue {
        var members: [String: JSONValue] = [
            "trial": .text(trial.id.description), "adapter": .text(trial.adapter),
            "repetition": .integer(trial.repetition), "recorded_core": .text(trial.recordedCore),
        ]
        switch trial.finding {
        case .none: members["finding"] = .text("same")
        case .withinBound(let score, let decisions):
            members["finding"] = .text("within_bound")
            members["largest_score_difference"] = .number(score)
            members["decisions_that_differ"] = .integer(decisions)
        case .beyond(let what):
            members["finding"] = .text("different")
            members["what"] = .text(what)
        }
        return .object(members)
    }
}
