internal import ArgumentParser
internal import Foundation
internal import Harness
internal import LinearAlgebra

/// The experiment files that a verb looks at; by default those of the project.
struct ExperimentsArguments: ParsableArguments {
    @Argument(help: "The experiment files; by default those in the project's folder Experiments.")
    var experiments: [String] = []

    @OptionGroup var kernels: KernelArguments

    @Option(
        help: ArgumentHelp(
            "The project's root folder, with Datasets and Experiments.",
            discussion: "By default the one around here.",
            valueName: "folder"))
    var root: String?

    /// The project's folders.
    var workspace: Workspace {
        guard root == nil, let first = experiments.first else { return Workspace.named(root) }
        return Workspace(containing: URL(filePath: first))
    }

    /// The files; from here on it is settled which kernels compute.
    var files: [URL] {
        get throws {
            kernels.choose()
            let files = experiments.isEmpty ? workspace.experimentFiles : experiments.map { URL(filePath: $0) }
            guard !files.isEmpty else {
                throw ValidationError("there is no experiment in \(workspace.path(of: workspace.root))/Experiments")
            }
            return files
        }
    }
}

/// Which kernels compute.
struct KernelArguments: ParsableArguments {
    @Flag(help: "Compute with this CPU's fastest kernels; their bits differ on other CPUs, and so do trials.")
    var nativeKernels = false

    /// Settles it, before anything is computed.
    func choose() { Kernels.choose(nativeKernels ? .native : .reproducible) }
}
