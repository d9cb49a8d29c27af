internal import Adapters
public import Evaluation
internal import Moderation

extension RunOutcome {
    /// The finished trials of the setting of `experiment` at `setting`, under the names of the experiment file.
    public func records(of setting: Int, in experiment: Experiment) -> [TrialRecord] {
        plan.trials.filter { $0.setting == setting }.compactMap { trial in
            records[trial.id]?.named(experiment.adapters[trial.adapter].name)
        }
    }

    /// Of each split the largest training size that has a finished trial, as places among the settings of `experiment`:
    /// what verdicts are about.
    public func mainSettings(of experiment: Experiment) -> [Int] {
        experiment.splits.compactMap { split in
            experiment.largest(
                of: experiment.settings(of: split).filter { setting in
                    plan.trials.contains { $0.setting == setting && records[$0.id] != nil }
                })
        }
    }
}

extension Experiment {
    /// The settings of `split`, as places among the experiment's.
    public func settings(of split: SplitEntry) -> [Int] {
        settings.indices.filter { settings[$0].split.name == split.name }
    }

    /// The one of `settings`, places among the experiment's, with the largest training size.
    func largest(of settings: [Int]) -> Int? {
        settings.max { self.settings[$0].trainingSize < self.settings[$1].trainingSize }
    }

    /// The names of the adapters that have something to claim: all but the base model itself.
    public var comparedAdapters: [String] { adapters.filter { $0.recipe.kind != .none }.map(\.name) }
}

extension TrialRecord {
    /// The record under the name that an experiment gives its adapter: records of equal trials are shared, names are not.
    public func named(_ adapter: String) -> TrialRecord {
        TrialRecord(
            id: id, specification: specification, determinants: determinants, adapter: adapter, repetition: repetition,
            thresholdConfidence: thresholdConfidence, images: images, parts: parts, labels: labels)
    }
}
