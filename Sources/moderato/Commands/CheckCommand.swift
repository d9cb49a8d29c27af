internal import ArgumentParser
internal import Harness
internal import Moderation

/// `moderato check`: everything wrong with an experiment, at once.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reports everything wrong with an experiment file and what it names.")

    @OptionGroup var arguments: ExperimentArguments
    @Flag(help: "Print the findings as JSON.") var json = false

    func run() throws {
        do {
            let experiment = try arguments.load()
            if json { try Output.print(FindingsJSON.text(experiment.warnings)) }
            Talk.say(
                "\(experiment.file): nothing wrong; \(experiment.candidateCount) images, \(experiment.trialCount) trials"
            )
        } catch let findings as Findings where json {
            try Output.print(FindingsJSON.text(findings.all))
            throw ExitCode(ExitStatus.findings.rawValue)
        }
    }
}

/// Findings as JSON, for editors and other programs.
enum FindingsJSON {
    static func text(_ findings: [Finding]) -> String {
        JSONValue.list(findings.map(value)).text(pretty: true)
    }

    private static func value(_ finding: Finding) -> JSONValue {
        var members: [String: JSONValue] = [
            "severity": .text(finding.severity.rawValue), "message": .text(finding.message),
        ]
        if let place = finding.place {
            members["file"] = .text(place.file)
            members["line"] = .integer(place.line)
            members["column"] = .integer(place.column)
        }
        if let hint = finding.hint { members["hint"] = .text(hint) }
        return .object(members)
    }
}
