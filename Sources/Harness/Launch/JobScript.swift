internal import Foundation

/// What every task of a job array runs.
struct JobScript {
    /// Shell lines that come first.
    let setup: [String]
    /// The path of `moderato` on the nodes.
    let program: String
    /// The experiment file.
    let experiment: URL
    /// The project's root folder.
    let root: URL
    /// The folder of the chunk files.
    let folder: URL
    /// Whether tasks compute with the fastest kernels of their machine.
    var usesNativeKernels = false

    /// A script for bash; task n trains the trials of the file `n.trials`.
    var text: String {
        let work =
            [program, "work", experiment.path, "--root", root.path]
            + (usesNativeKernels ? ["--native-kernels"] : []) + ["--chunk", "\(folder.path)/"]
        return """
            #!/bin/bash
            # Task n of this job array trains the trials in n.trials.
            \(setup.map { "\($0)\n" }.joined())exec \(work.map(Self.quoted).joined(separator: " "))"$SLURM_ARRAY_TASK_ID.trials" --jobs "$SLURM_CPUS_PER_TASK"

            """
    }

    /// `word` as the shell takes it, whatever is in it.
    private static func quoted(_ word: String) -> String {
        "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
