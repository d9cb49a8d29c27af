/// What Slurm says of one task of a job array.
struct TaskState: Sendable, Equatable {
    /// The task that it is said of.
    let task: TaskName
    /// The number of the job array, for `scancel`.
    let job: String
    /// Slurm's word, such as `RUNNING`.
    let state: String
    /// Why it waits or ended, in Slurm's words.
    let reason: String

    /// What a task's state means for its trials.
    enum Phase: Sendable {
        /// It will begin, or begin again.
        case waiting
        /// It trains.
        case running
        /// It will never begin, though Slurm keeps it: the controller died while it was starting the task.
        case stuck
        /// It is over.
        case ended
    }

    /// What is printed for each task, to be parsed again.
    static let format = "%j|%K|%F|%T|%r"

    private static let endedStates: Set = [
        "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED",
        "REVOKED", "TIMEOUT",
    ]
    private static let runningStates: Set = ["COMPLETING", "RUNNING", "SIGNALING", "STAGE_OUT", "STOPPED", "SUSPENDED"]

    /// Reads a line that `squeue` printed in `format`; `nil` for warnings and jobs that are no array.
    init?(line: Substring) {
        let fields = line.split(separator: "|", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 5, let number = Int(fields[1]) else { return nil }
        task = TaskName(jobName: fields[0], number: number)
        job = fields[2]
        state = fields[3]
        reason = fields[4].replacing("_", with: " ")
    }

    /// What the state means.
    var phase: Phase {
        if Self.endedStates.contains(state) { return .ended }
        if Self.runningStates.contains(state) { return .running }
        return reason == "launch failed requeued held" ? .stuck : .waiting
    }

    /// Whether it trains, or will.
    var isLive: Bool { phase == .running || phase == .waiting }
}

/// A task among all of a cluster.
struct TaskName: Sendable, Hashable {
    /// The name of its job array.
    let jobName: String
    /// Its number in the array.
    let number: Int
}
