/// How trials reach a Slurm cluster: what a launcher file says.
public struct Launcher: Sendable, Equatable {
    /// Options of `sbatch`, in the order of the file's keys.
    public let options: [String]
    /// Trials that one task trains, at most.
    public let trialsPerTask: Int
    /// Tasks that run at a time, at most.
    public let arrayThrottle: Int?
    /// How often a trial that the cluster lost is submitted again.
    public let retries: Int
    /// Shell lines that a task runs before it trains.
    public let setup: [String]
    /// Path of `moderato` on the nodes, where it is not the path of this process.
    public let program: String?
}
