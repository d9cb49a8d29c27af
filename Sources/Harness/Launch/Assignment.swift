internal import Moderation

/// Trials that a live task of the cluster holds.
struct Assignment {
    /// The launch that the task belongs to.
    let launch: Launch
    /// The task's number.
    let number: Int
    /// Those of its trials that are still waited for.
    var trials: [Digest]

    /// The task among all of the cluster.
    var task: TaskName { TaskName(jobName: launch.jobName, number: number) }
}
