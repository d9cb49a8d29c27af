internal import BaseModel
public import Evaluation
public import Moderation

/// Judges the rules of an experiment's gate by the records of a run.
public struct GateJudge {
    private let experiment: Experiment
    private let outcome: RunOutcome
    /// The baseline, or why there is none.
    private let baseline: Result<Baseline, Findings>

    /// What became of one rule.
    public struct Outcome: Sendable {
        public let rule: GateRule
        public let judgement: Result<GateJudgement, GateProblem>
        /// The images that the adapter decided otherwise on than the baseline did, where both can be compared.
        public let changed: [ChangedImage]?
        /// What else is to be known.
        public let notes: [String]
    }

    public init(_ experiment: Experiment, _ outcome: RunOutcome, baseline: Result<Baseline, Findings>) {
        self.experiment = experiment
        self.outcome = outcome
        self.baseline = baseline
    }

    /// Every rule, in the order of the file.
    public var outcomes: [Outcome] {
        // Rules are often about one adapter, and its records are many.
        let entries = Dictionary(
            Set(experiment.gate.map(\.subject)).map { subject in
                (subject, Result { () throws(GateProblem) in try outcome.entry(subject, of: experiment) })
            }
        ) { first, _ in first }
        return experiment.gate.compactMap { rule in entries[rule.subject].map { outcome(of: rule, $0) } }
    }

    private func outcome(of rule: GateRule, _ entry: Result<Baseline.Entry, GateProblem>) -> Outcome {
        do throws(GateProblem) {
            let entry = try entry.get()
            let counterpart = Result { () throws(GateProblem) in try self.counterpart(of: entry, rule) }
            let judgement = Result { () throws(GateProblem) in
                try judge(rule, entry, counterpart)
            }
            return Outcome(
                rule: rule, judgement: judgement,
                changed: (try? counterpart.get()).flatMap {
                    try? ChangedImage.all(rule.metric, then: $0.errors, now: entry.errors)
                },
                notes: notes(rule, counterpart))
        } catch {
            return Outcome(rule: rule, judgement: .failure(error), changed: nil, notes: [])
        }
    }

    private func judge(
        _ rule: GateRule, _ entry: Baseline.Entry, _ counterpart: Result<Baseline.Counterpart, GateProblem>
    ) throws(GateProblem) -> GateJudgement {
        do {
            switch (rule.condition, rule.metric.kind) {
            case (.atMost(let limit), _): return try GateJudgement(rule.metric, of: entry.errors, atMost: limit)
            case (.notWorseThanBaselineBy(let margin), _):
                let then = try counterpart.get()
                return try GateJudgement(
                    rule.metric, of: entry.errors, notWorseThan: then.errors, by: margin,
                    isSameTrials: then.isSameTrials && then.isSameDecisions)
            case (.improvementAtLeast(let limit), let kind?):
                return try GateJudgement(
                    kind, of: entry.errors, improvingOn: outcome.baseErrors(rule.subject, of: experiment),
                    byAtLeast: limit)
            case (.improvementAtLeast, nil): preconditionFailure("flagging has no improvement; the reader refuses it")
            }
        } catch let problem as GateProblem {
            throw problem
        } catch {
            throw .finding(Finding("\(error)", at: rule.place))
        }
    }

    // MARK: The baseline

    private func counterpart(of entry: Baseline.Entry, _ rule: GateRule) throws(GateProblem) -> Baseline.Counterpart {
        let baseline: Baseline
        do throws(Findings) {
            baseline = try self.baseline.get()
        } catch {
            let finding = error.all[0]
            throw .finding(Finding(finding.message, at: finding.place ?? rule.place, hint: finding.hint))
        }
        do throws(BaselineRefusal) {
            return try baseline.counterpart(of: entry, threshold: experiment.threshold.confidence)
        } catch {
            throw .finding(
                Finding("the baseline cannot be compared with: \(error)", at: rule.place, hint: experiment.baselineHint)
            )
        }
    }

    private func notes(_ rule: GateRule, _ counterpart: Result<Baseline.Counterpart, GateProblem>) -> [String] {
        guard case .success(let baseline) = baseline else { return [] }
        switch (rule.condition, counterpart) {
        case (.notWorseThanBaselineBy, .success(let then)):
            return notes(onBaseModel: baseline.about.baseModel) + notes(on: then)
        case (.notWorseThanBaselineBy, .failure): return []
        // Another rule does not need the baseline, but can then not say which images broke.
        case (_, .failure(.finding(let finding))): return ["which images changed is not told: \(finding.message)"]
        default: return []
        }
    }

    private func notes(onBaseModel then: Digest) -> [String] {
        let now = experiment.baseModel.digest
        return then == now
            ? [] : ["the baseline was made with another base model: \(then.short), now \(now.short)"]
    }

    private func notes(on then: Baseline.Counterpart) -> [String] {
        guard then.isSameTrials, !then.isSameDecisions else { return [] }
        return [
            "the trials are those of the baseline, but decisions differ: another kind of CPU computed it"
        ]
    }
}

extension Experiment {
    /// What makes the baseline anew.
    var baselineHint: String { "`moderato baseline update \(file)` makes it anew; see to it that nothing got worse" }
}
