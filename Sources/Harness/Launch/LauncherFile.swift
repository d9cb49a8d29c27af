/// Launcher files: how trials reach a cluster, in `Experiments/launchers` or anywhere else.
public enum LauncherFile {
    /// What a launcher file may contain.
    public static let shape = Shape.mapping([
        .init("launcher", .word(["slurm"]), required: true, "the kind of cluster"),
        .init("partition", .text, default: "the cluster's", "the partition that tasks run in"),
        .init("account", .text, default: "the user's", "the account that pays for them"),
        .init(
            "time", .text, default: "the partition's",
            "the limit of one task: minutes, or Slurm's hours:minutes:seconds or days-hours"),
        .init("memory", .text, default: "the partition's", "memory of one task, such as 4G"),
        .init("cpus_per_task", .integer(1...4096), default: "1", "cores of one task: trials that it trains at a time"),
        .init("array_throttle", .integer(1...100_000), default: "no limit", "tasks that run at a time, at most"),
        .init(
            "trials_per_task", .integer(1...Int.max), default: "\(standardTrialsPerTask)",
            "trials that one task trains, at most; more where there would be more than \(Chunks.maximumTasks) tasks"),
        .init(
            "retries", .integer(0...100), default: "\(standardRetries)",
            "how often a trial that the cluster lost is submitted again"),
        .init("setup", .oneOrMore(.text), default: "none", "shell lines that a task runs first, such as module load"),
        .init("program", .text, default: "the one that submits", "the path of moderato on the nodes"),
        .init("extra", .list(.text), default: "none", "further options of sbatch, such as --qos=low"),
    ])

    static let standardTrialsPerTask = 100
    static let standardRetries = 2
}
