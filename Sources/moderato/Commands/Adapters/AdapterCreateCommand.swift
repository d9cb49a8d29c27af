internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato adapter create`: a finished trial under a name.
struct AdapterCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Makes a version of an adapter from a finished trial.",
        discussion: "Its base model and its images are looked for in the project's folders.")

    @Argument(help: "The project.") var project: String
    @Argument(help: "The adapter's name in the project.") var name: String
    @Option(
        name: .customLong("from"),
        help: ArgumentHelp("The finished trial, by the first digits of its id.", valueName: "trial"))
    var trial: String
    @Option(help: "What it is for, in 1 to 255 letters, digits, spaces and -_.()':,;?") var description: String?
    @Option(help: "The base model of the trial: a name in Experiments/base-models, or a .yaml file.")
    var baseModel: String?
    @Option(
        name: .customLong("dataset"), parsing: .upToNextOption,
        help: "The datasets of the trial, where they are neither in Datasets nor in an experiment.")
    var datasets: [String] = []
    @OptionGroup var root: RootArguments
    @Flag(help: "Print what is known of it as JSON.") var json = false

    func validate() throws {
        do throws(ProjectError) {
            _ = try AdapterID(project: project, name: name)
        } catch {
            throw ValidationError("\(error)")
        }
        if let description, !AdapterDraft.isDescription(description) {
            throw ValidationError("\(ProjectError.badDescription(given: description))")
        }
    }

    func run() throws {
        let workspace = root.workspace
        let trial = try TrialFinder.trial(trial, in: workspace)
        let named = datasets
        let origin = try TrialOrigin(
            of: trial, baseModelFile: baseModel.map(workspace.baseModelFile(named:)),
            datasets: named.isEmpty
                ? nil : { taxonomy in try named.map { try workspace.readDataset($0, taxonomy: taxonomy) } },
            workspace: workspace)
        let version = try root.registry.create(
            AdapterDraft(project: project, name: name, description: description, trial: trial, origin: origin))
        Talk.say(
            "made `\(version.id)` from trial \(trial.id.short): \(version.kind), trained on \(version.images.training) images, "
                + "tested on \(version.images.test)")
        try Output.print(json ? version.json(pretty: true) : version.id)
    }
}
