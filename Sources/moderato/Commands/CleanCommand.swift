internal import ArgumentParser
internal import Foundation
internal import Harness

/// `moderato clean`: removes trials that no experiment asks for.
struct CleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Removes finished trials that no experiment asks for any more, after asking.",
        discussion: """
            Looked at are the experiments in the project's folder Experiments, subfolders too, and those named; where one cannot be planned, \
            nothing is removed. What was removed can be trained again, to the same bits.
            """)

    @Flag(help: "Remove the trials that no experiment asks for.") var unreferenced = false
    @OptionGroup var arguments: ExperimentsArguments
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @Flag(help: "Say what would be removed, and remove nothing.") var dryRun = false

    func validate() throws {
        if !unreferenced { throw ValidationError("say what is to be removed: --unreferenced") }
    }

    func run() throws {
        arguments.kernels.choose()
        let named = arguments.experiments.map { URL(filePath: $0) }
        let trials = try UnreferencedTrials(workspace: arguments.workspace, files: named)
        let size = trials.bytes.formatted(.byteCount(style: .file))
        let summary = "\(trials.ids.count) trials (\(size)) that no experiment asks for"
        guard !trials.ids.isEmpty, !dryRun else {
            return Talk.say("\(summary); \(trials.referenced) that one asks for stay")
        }
        guard try yes || Confirmation.ask("Remove \(summary)?") else { return Talk.say("nothing is removed") }
        // Between question and answer, a run may have come to need some of them.
        let now = try UnreferencedTrials(workspace: arguments.workspace, files: named)
        guard let removed = try trials.remove(ifAlsoIn: now) else {
            Talk.say("error: another process uses the store, and nothing is removed\n  hint: wait until it has ended")
            throw ExitCode(ExitStatus.failure.rawValue)
        }
        Talk.say("removed \(removed) trials that no experiment asks for; \(now.referenced) that one asks for stay")
    }
}
