internal import Evaluation
internal import Foundation
internal import Harness
internal import Moderation
internal import Reporting

/// The gate of an experiment, from its file to the verdicts; whatever goes wrong becomes part of what is told.
struct Gate {
    private let arguments: ExperimentArguments
    private let place: BaselinePlace
    private let run: GatedRun

    init(
        _ arguments: ExperimentArguments, _ place: BaselinePlace, jobs: Int?, isQuiet: Bool, cancellation: Cancellation
    ) {
        self.arguments = arguments
        self.place = place
        run = GatedRun(workspace: arguments.workspace, jobs: jobs, isQuiet: isQuiet, cancellation: cancellation)
    }

    /// Every rule with its verdict, or what kept it from one.
    func judged() -> GateInput {
        let experiment: Experiment
        do {
            experiment = try arguments.load()
            try experiment.checkGate()
        } catch {
            let name = arguments.file.deletingPathExtension().lastPathComponent
            return GateInput(
                experiment: name, project: nil, baseline: nil, rules: [], problems: GateInput.Problem.all(of: error))
        }
        let file = place.file(of: experiment)
        do {
            return try input(experiment, outcome: run.outcome(of: experiment), file)
        } catch {
            let problems = GateInput.Problem.all(of: error)
            let rules = experiment.gate.map { rule in
                GateInput.Rule(
                    rule, .problem(GateInput.Problem(problems[0].kind, "not judged, since the run did not end")))
            }
            return GateInput(
                experiment: experiment.name, project: experiment.project, baseline: file.name, rules: rules,
                problems: problems)
        }
    }

    private func input(_ experiment: Experiment, outcome: RunOutcome, _ file: BaselineFile) -> GateInput {
        let baseline = Result { () throws(Findings) in try file.read() }
        let judge = GateJudge(experiment, outcome, baseline: baseline)
        let failed = outcome.failures.values.sorted { $0.id < $1.id }
        let problem = failed.first.map { first in
            let more = failed.count > 1 ? " (and \(failed.count - 1) more)" : ""
            return GateInput.Problem(.trials, "trial \(first.id.short) could not be fitted: \(first.reason)\(more)")
        }
        return GateInput(
            experiment: experiment.name, project: experiment.project, baseline: file.name,
            rules: judge.outcomes.map(GateInput.Rule.init), problems: [problem].compactMap { $0 })
    }
}

extension GateInput.Rule {
    /// `rule`, and what became of it.
    init(
        _ rule: GateRule, _ result: GateInput.Result, changed: [ChangedImage]? = nil, notes: [String] = []
    ) {
        self.init(
            subject: rule.subject, metric: rule.metric, condition: rule.condition, place: rule.place, result: result,
            changed: changed, notes: notes)
    }

    fileprivate init(_ outcome: GateJudge.Outcome) {
        let result: GateInput.Result =
            switch outcome.judgement {
            case .success(let judgement): .judged(judgement)
            case .failure(let problem): .problem(GateInput.Problem(problem))
            }
        self.init(outcome.rule, result, changed: outcome.changed, notes: outcome.notes)
    }
}

extension GateInput.Problem {
    fileprivate init(_ problem: GateProblem) {
        switch problem {
        case .trialsFailed: self.init(.trials, problem.description)
        case .finding(let finding): self.init(.findings, problem.description, at: finding.place)
        }
    }

    /// What `error` says, at least one problem.
    fileprivate static func all(of error: any Error) -> [GateInput.Problem] {
        if let findings = error as? Findings {
            return findings.all.filter { $0.severity == .error }.map { finding in
                GateInput.Problem(GateProblem.finding(finding))
            }
        }
        switch ExitStatus(for: error) {
        case .interrupted: return [GateInput.Problem(.interrupted, "\(error)")]
        case .trialsFailed: return [GateInput.Problem(.trials, "\(error)")]
        default: return [GateInput.Problem(.world, "\(error)")]
        }
    }
}
