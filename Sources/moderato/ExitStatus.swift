internal import ArgumentParser
internal import Harness
internal import Moderation

/// How the program ends; help and the table in README are this one.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case findings = 1
    case failure = 2
    case trialsFailed = 3
    case notReproduced = 4
    case gateFailed = 5
    case gateInconclusive = 6
    case commandLine = 64
    case interrupted = 130

    /// What each code means, as README says it.
    var meaning: String {
        switch self {
        case .done: "done"
        case .findings: "what you wrote has errors: an experiment, a manifest, a base-model file"
        case .failure: "the world failed: a file, a disk, a model, an image"
        case .trialsFailed: "the run ended, but some trials failed; the report names them"
        case .notReproduced: "trials were trained again and did not come out the same"
        case .gateFailed: "a gate failed: accuracy is shown to be worse than it allows"
        case .gateInconclusive: "a gate is inconclusive: the test images do not settle it"
        case .commandLine: "the command line is wrong"
        case .interrupted: "interrupted; the same command goes on"
        }
    }

    /// Every code with its meaning, one a line.
    static var table: String {
        allCases.map { "  \($0.rawValue) - \($0.meaning)" }.joined(separator: "\n")
    }

    /// The status of `error`; `nil` for what the argument parser itself raised.
    init?(for error: any Error) {
        switch error {
        case is Findings: self = .findings
        case ProjectError.badID, ProjectError.badName, ProjectError.badDescription: self = .commandLine
        case RunError.interrupted, LaunchError.detached: self = .interrupted
        case RunError.everyTrialFailed, RunError.stopped: self = .trialsFailed
        case is CleanExit, is ExitCode, is ValidationError: return nil
        default:
            // The parser's own errors are not public; it alone knows a code other than 1 for them.
            let code = Moderato.exitCode(for: error).rawValue
            if code == ExitStatus.commandLine.rawValue || code == ExitStatus.done.rawValue { return nil }
            self = .failure
        }
    }

    /// The message for `error`, which has this status.
    func message(for error: any Error) -> String {
        self == .findings || self == .interrupted ? "\(error)" : "error: \(error)"
    }
}
