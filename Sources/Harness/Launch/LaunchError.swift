/// What kept trials from being trained on a cluster.
public enum LaunchError: Error, Sendable, Equatable {
    /// Slurm's commands are not on this machine.
    case noSlurm(command: String)
    /// Slurm does not take the job, in its own words.
    case refused(words: String)
    /// This process was asked to stop; its jobs were not.
    case detached(jobs: [String])
    /// A task plans other trials than the machine that submitted it.
    case otherPlan(missing: Int, total: Int)
}

extension LaunchError: CustomStringConvertible {
    /// One sentence, with a hint on a line of its own where there is one.
    public var description: String {
        switch self {
        case .noSlurm(let command):
            "`\(command)` is not on the PATH\n  hint: submit on a machine of the cluster; without `--launcher` trials are "
                + "trained on this one"
        case .refused(let words):
            "Slurm does not take the job: \(words)\n  hint: \(Self.hint(for: words))"
        case .detached(let jobs):
            "interrupted; \(Self.goOn(jobs)), and the same command follows \(jobs.count == 1 ? "it" : "them") again"
                + "\n  hint: `scancel \(jobs.joined(separator: " "))` ends \(jobs.count == 1 ? "it" : "them")"
        case .otherPlan(let missing, let total):
            "\(missing) of \(total) trials are not in the plan of this machine"
                + "\n  hint: the experiment, its images, ONNX Runtime and the CPU's BLAS kernels must be those of the machine "
                + "that submitted the job"
        }
    }

    private static func goOn(_ jobs: [String]) -> String {
        jobs.count == 1 ? "job \(jobs[0]) goes on" : "jobs \(jobs.joined(separator: ", ")) go on"
    }

    /// What to look at, by the subject of Slurm's complaint.
    private static func hint(for words: String) -> String {
        let words = words.lowercased()
        let subjects = [
            ("partition", "`sinfo` lists the partitions; `partition` in the launcher file names one"),
            ("account", "`account` in the launcher file names one that you may use"),
            ("array", "the cluster takes smaller arrays; raise `trials_per_task` in the launcher file"),
            ("memory", "`sinfo --Node --long` shows what the nodes have; `memory` in the launcher file asks for it"),
            ("configuration", "`sinfo --Node --long` shows what the nodes have"),
            ("connect", "`scontrol ping` tells whether the controller is up"),
            ("option", "`extra` in the launcher file holds options of `sbatch`"),
        ]
        return subjects.first { words.contains($0.0) }?.1 ?? "the launcher file holds the options of the job"
    }
}
