internal import Moderation

/// The division of trials among the tasks of a job array.
enum Chunks {
    /// Tasks of one job array: Slurm's `MaxArraySize` is 1001 unless a cluster says otherwise.
    static let maximumTasks = 1000

    /// `trials` in their order, in as few chunks of at most `size` as there can be, which differ by one trial at most.
    ///
    /// Neighbours in a plan share their training sets, so a chunk is a stretch of it.
    static func split(_ trials: [Digest], size: Int) -> [[Digest]] {
        guard !trials.isEmpty else { return [] }
        let count = min(maximumTasks, (trials.count - 1) / size + 1)
        let (base, longer) = trials.count.quotientAndRemainder(dividingBy: count)
        return (0..<count).map { index in
            let start = index * base + min(index, longer)
            return Array(trials[start..<start + base + (index < longer ? 1 : 0)])
        }
    }
}
