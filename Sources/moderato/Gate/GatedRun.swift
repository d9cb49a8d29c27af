internal import Harness

/// A run of what is missing of an experiment, for its gate: as `moderato run`, without a report.
struct GatedRun {
    let workspace: Workspace
    let jobs: Int?
    let isQuiet: Bool
    let cancellation: Cancellation

    /// Every finished trial of `experiment`.
    func outcome(of experiment: Experiment) throws -> RunOutcome {
        let line = ProgressLine(isQuiet: isQuiet)
        let runner = Runner(
            experiment, workspace: workspace, jobs: jobs, cancellation: cancellation, report: line.show)
        guard let outcome = try runner.run() else { preconditionFailure("nothing is published by a gate") }
        return outcome
    }
}
