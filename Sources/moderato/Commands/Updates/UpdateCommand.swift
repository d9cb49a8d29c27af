internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato update`: a project's adapters on another base model.
struct UpdateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Moves the adapters of a project to another base model, if they get no worse.",
        discussion: """
            Each adapter's newest version in use is trained again, from its own manifests and recipe, and held against the \
            old one on the same test images. Where no error rate is more than the project's margin worse (its 95% interval \
            says so), the new version takes over and the old one is deprecated; else the new one stays a candidate.
            """)

    @Argument(help: "The project.") var project: String
    @Option(
        help: ArgumentHelp(
            "The new base model: a name in Experiments/base-models, or a .yaml file.",
            discussion: "By default the one that the project's project.yaml names."))
    var baseModel: String?
    @Flag(help: "Say what would be done, and do nothing.") var dryRun = false
    @Flag(help: "Let new versions take over even where the gate does not pass.") var accept = false
    @OptionGroup var threads: JobsArguments
    @OptionGroup var root: RootArguments
    @OptionGroup var kernels: KernelArguments
    @Flag(help: "Print the comparison as JSON instead of a table.") var json = false
    @Flag(help: "Say nothing but errors and results.") var quiet = false

    func validate() throws {
        if dryRun && accept {
            throw ValidationError("--dry-run does nothing, so there is nothing for --accept to accept")
        }
        if !AdapterID.isName(project) {
            throw ValidationError("\(ProjectError.badName(of: "a project", given: project))")
        }
    }

    func run() throws { try Interrupts.stopping(run) }

    private func run(_ cancellation: Cancellation) throws {
        kernels.choose()
        let workspace = root.workspace
        let settings = try ProjectSettings(of: project, workspace: workspace)
        guard let file = try baseModel.map(workspace.baseModelFile(named:)) ?? settings.baseModelFile else {
            throw ValidationError("name the new base model with --base-model, or as `base_model` in \(projectFile)")
        }
        let updater = Updater(
            settings, to: try BaseModelFile.read(file), in: file, workspace: workspace, jobs: threads.jobs,
            cancellation: cancellation, report: ProgressLine(isQuiet: quiet).show)
        let update = try dryRun ? updater.plan() : updater.update(accepting: accept)
        let text = UpdateText(update, isPlan: dryRun)
        try Output.print(json ? update.json.text(pretty: true) : text.table)
        text.say(quiet: quiet)
        if let status = update.status { throw ExitCode(status.rawValue) }
    }

    private var projectFile: String { TextFile.name(of: root.workspace.projectFile(project)) }
}
