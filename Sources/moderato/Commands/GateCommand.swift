internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation
internal import Reporting
internal import Store

/// `moderato gate`: whether an experiment's adapters are still good enough.
struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Runs what is missing of an experiment and judges the rules of its gate.",
        discussion: """
            A rule passes or fails where its whole 95% interval is on one side of its limit, and is inconclusive where it is \
            not. Exit codes: 0 where all pass; 5 where one fails; 6 where none fails and one is inconclusive (0 with \
            --allow-inconclusive); 1, 2 or 3 where something went wrong, which outranks the others.
            """)

    @OptionGroup var arguments: ExperimentArguments
    @OptionGroup var place: BaselinePlace
    @Option(help: ArgumentHelp("Write JUnit XML, also where something goes wrong.", valueName: "file"))
    var junit: String?
    @Option(help: "What is printed.")
    var format = GateFormat.table
    @Flag(help: "Print JSON: --format json.") var json = false
    @Flag(help: "End with exit code 0 where nothing fails.") var allowInconclusive = false
    @OptionGroup var threads: JobsArguments
    @Flag(help: "Say nothing but errors and results.") var quiet = false

    func validate() throws {
        if json && format != .table && format != .json {
            throw ValidationError("--json and --format \(format.rawValue) exclude each other")
        }
    }

    func run() throws {
        let gate = Interrupts.stopping { cancellation in
            Gate(arguments, place, jobs: threads.jobs, isQuiet: quiet, cancellation: cancellation).judged()
        }
        let format = json ? .json : format
        // A table tells of problems itself; of the others people see nothing where output goes to a file.
        if format != .table { sayProblems(of: gate) }
        let isWritten = Result { try writeJUnit(gate) }
        try Output.write(Data(format.text(of: gate).utf8))
        try isWritten.get()
        let status = ExitStatus(gate, allowsInconclusive: allowInconclusive)
        if status != .done { throw ExitCode(status.rawValue) }
    }

    /// Says what went wrong, each thing once.
    private func sayProblems(of gate: GateInput) {
        var said: Set<String> = []
        for problem in gate.allProblems where said.insert(problem.message).inserted {
            Talk.say((problem.place.map { "\($0): " } ?? "") + "error: \(problem.message)")
        }
    }

    private func writeJUnit(_ gate: GateInput) throws {
        guard let junit else { return }
        try AtomicFile.write(Data(Report.junit(gate).utf8), to: URL(filePath: junit))
    }
}

/// How a gate is printed.
enum GateFormat: String, CaseIterable, ExpressibleByArgument {
    /// For a terminal.
    case table
    /// For programs.
    case json
    /// For a comment on a pull request.
    case markdown
    /// Annotations, for GitHub Actions.
    case github

    func text(of gate: GateInput) throws -> String {
        switch self {
        case .table: Report.terminal(gate, styled: Talk.usesColor)
        case .json: try Report.json(gate)
        case .markdown: Report.markdown(gate)
        case .github: Report.annotations(gate)
        }
    }
}

extension ExitStatus {
    /// How the program ends after `gate`: what is not judged may be worse than what fails, so an error outranks a failure.
    init(_ gate: GateInput, allowsInconclusive: Bool) {
        switch gate.status {
        case .pass: self = .done
        case .inconclusive: self = allowsInconclusive ? .done : .gateInconclusive
        case .fail: self = .gateFailed
        case .error: self = ExitStatus(worstOf: gate.allProblems.map(\.kind))
        }
    }

    private init(worstOf kinds: [GateInput.Problem.Kind]) {
        self =
            kinds.contains(.interrupted)
            ? .interrupted : kinds.contains(.world) ? .failure : kinds.contains(.findings) ? .findings : .trialsFailed
    }
}
