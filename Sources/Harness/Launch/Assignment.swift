internal import Moderation

/// Trials that a live task of the cluster holds.
struct Assignment {
    /// The launch that the task belongs to.
    let launch: Launch
    /// The task's number.
    let number: Int
    /// Those of its trials that are still waited for.
    var trials: [Digest]
    /// How often the task was seen to be over while trials of it were missing.
    var looksAfterEnd = 0

    /// The task among all of the cluster.
    var task: TaskName { TaskName(jobName: launch.jobName, number: number) }
}
