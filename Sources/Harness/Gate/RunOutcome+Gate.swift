internal import Adapters
public import Evaluation
internal import Moderation

extension RunOutcome {
    /// What a gate's `subject` got wrong in this run of `experiment`, over the largest training size of its split.
    ///
    /// - Throws: ``GateProblem`` where trials are missing.
    public func entry(_ subject: Baseline.Subject, of experiment: Experiment) throws(GateProblem) -> Baseline.Entry {
        let records = try self.records(of: subject, in: experiment)
        return Baseline.Entry(
            subject, trials: records.map(\.id), errors: try errors(subject, in: records, of: .adapter, experiment))
    }

    /// What the base model got wrong on the test images of `subject`.
    ///
    /// - Throws: ``GateProblem`` where trials are missing.
    public func baseErrors(_ subject: Baseline.Subject, of experiment: Experiment) throws(GateProblem) -> TestErrors {
        try errors(subject, in: records(of: subject, in: experiment), of: .base, experiment)
    }

    private func errors(
        _ subject: Baseline.Subject, in records: [TrialRecord], of model: TestErrors.Model, _ experiment: Experiment
    ) throws(GateProblem) -> TestErrors {
        guard let label = experiment.labels.firstIndex(where: { $0.description == subject.label }) else {
            preconditionFailure("`\(subject.label)` is none of the experiment's labels")
        }
        do throws(ComparisonRefusal) {
            return try TestErrors(records, label: label, of: model)
        } catch {
            throw .trialsFailed("\(error)")
        }
    }

    /// The record of each repetition, in their order.
    private func records(
        of subject: Baseline.Subject, in experiment: Experiment
    ) throws(GateProblem) -> [TrialRecord] {
        let split = experiment.splits.first { $0.name == subject.split }
        let setting = split.flatMap { experiment.largest(of: experiment.settings(of: $0)) }
        let trials = plan.trials.filter {
            $0.setting == setting && experiment.adapters[$0.adapter].name == subject.adapter
        }
        var records: [TrialRecord] = []
        for trial in trials {
            guard let record = self.records[trial.id] else {
                let reason = failures[trial.id].map { ": \($0.reason)" } ?? ""
                throw .trialsFailed(
                    "adapter `\(subject.adapter)` could not be trained in repetition \(trial.repetition)\(reason)")
            }
            records.append(record)
        }
        return records.sorted { $0.repetition < $1.repetition }
    }
}
