internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato status`: how far experiments are.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Counts the finished, failed, missing and stale trials of experiments.",
        discussion: """
            done: finished; failed: could not be fitted when last tried; missing: never tried; stale: finished with the \
            same recipe, on images, a base model or an algorithm that have changed since (at least half of the images by \
            their paths). A run trains all that are not done.
            """)

    @OptionGroup var arguments: ExperimentsArguments
    @Flag(help: "Print the counts as JSON.") var json = false

    func run() throws {
        let files = try arguments.files
        let inspector = try SweepInspector(workspace: arguments.workspace)
        var lines: [Line] = []
        var findings: Findings?
        for file in files {
            do {
                lines.append(
                    Line(file: arguments.workspace.path(of: file), status: try inspector.status(of: file)))
            } catch let error as Findings {
                // The others have a status all the same.
                Talk.say("\(error)")
                findings = error
            }
        }
        try Output.print(json ? JSONValue.list(lines.map(\.json)).text(pretty: true) : Line.table(lines))
        if findings != nil { throw ExitCode(ExitStatus.findings.rawValue) }
    }
}

/// The status of one experiment, to be printed.
private struct Line {
    let file: String
    let status: SweepStatus

    private var counts: [(name: String, count: Int)] {
        [
            ("trials", status.total), ("done", status.done), ("failed", status.failed), ("missing", status.missing),
            ("stale", status.stale),
        ]
    }

    var json: JSONValue {
        let counts = counts.map { ($0.name, JSONValue.integer($0.count)) }
        return .object(Dictionary(uniqueKeysWithValues: [("experiment", .text(file))] + counts))
    }

    static func table(_ lines: [Line]) -> String {
        TextTable.text(
            ["experiment", "trials", "done", "failed", "missing", "stale"],
            lines.map { line in [line.file] + line.counts.map { String($0.count) } }, rightAligned: [1, 2, 3, 4, 5])
    }
}
