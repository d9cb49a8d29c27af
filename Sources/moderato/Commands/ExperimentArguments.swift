internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// The experiment file that most verbs begin with.
struct ExperimentArguments: ParsableArguments {
    @Argument(help: "The experiment file.")
    var experiment: String

    @Option(
        help: ArgumentHelp(
            "The project's root folder, with Datasets and Experiments.",
            discussion: "By default the one above the file.",
            valueName: "folder"))
    var root: String?

    @OptionGroup var kernels: KernelArguments

    var file: URL { URL(filePath: experiment) }

    var workspace: Workspace {
        root.map { Workspace(root: URL(filePath: $0)) } ?? Workspace(containing: file)
    }

    /// The experiment, after its warnings were said; from here on it is settled which kernels compute.
    func load() throws -> Experiment {
        kernels.choose()
        let experiment = try Experiment(file: file, workspace: workspace)
        for warning in experiment.warnings { Talk.say(warning.description) }
        return experiment
    }
}
