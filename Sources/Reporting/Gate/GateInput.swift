public import Evaluation
public import Moderation

/// All that is told of a gate: its rules with what became of each.
public struct GateInput: Sendable, Equatable {
    /// The experiment's name; that of its file where the file could not be read.
    public let experiment: String
    /// Its project; `nil` where the file could not be read.
    public let project: String?
    /// The baseline's file, as a person is told of it.
    public let baseline: String?
    /// The rules, in the order of the file.
    public let rules: [Rule]
    /// What went wrong besides rules: a file that could not be read, trials that no rule is about.
    public let problems: [Problem]

    public init(experiment: String, project: String?, baseline: String?, rules: [Rule], problems: [Problem]) {
        self.experiment = experiment
        self.project = project
        self.baseline = baseline
        self.rules = rules
        self.problems = problems
    }

    /// One rule.
    public struct Rule: Sendable, Equatable {
        public let subject: Baseline.Subject
        public let metric: GateMetric
        public let condition: GateCondition
        /// Where the experiment file says so.
        public let place: Place
        public let result: Result
        /// The images that are decided on otherwise than in the baseline; `nil` where it tells nothing of them.
        public let changed: [ChangedImage]?
        /// What else is to be known, a sentence each.
        public let notes: [String]

        public init(
            subject: Baseline.Subject, metric: GateMetric, condition: GateCondition, place: Place, result: Result,
            changed: [ChangedImage]? = nil, notes: [String] = []
        ) {
            self.subject = subject
            self.metric = metric
            self.condition = condition
            self.place = place
            self.result = result
            self.changed = changed
            self.notes = notes
        }

        /// Its status.
        public var status: GateStatus {
            switch result {
            case .judged(let judgement): GateStatus(judgement.verdict)
            case .problem: .error
            }
        }
    }

    /// What became of a rule.
    public enum Result: Sendable, Equatable {
        case judged(GateJudgement)
        case problem(Problem)
    }

    /// What kept something from a verdict.
    public struct Problem: Sendable, Equatable {
        public let kind: Kind
        /// What went wrong, in a sentence, and a hint on a line of its own.
        public let message: String
        /// Where the user wrote what is wrong.
        public let place: Place?

        /// Which of the program's exit codes it has.
        public enum Kind: String, Sendable, CaseIterable {
            /// What a user wrote has errors.
            case findings
            /// The world failed.
            case world
            /// Trials could not be fitted.
            case trials
            /// The work was asked to stop.
            case interrupted
        }

        public init(_ kind: Kind, _ message: String, at place: Place? = nil) {
            self.kind = kind
            self.message = message
            self.place = place
        }
    }

    /// Every problem, those of rules first.
    public var allProblems: [Problem] {
        rules.compactMap { rule in
            if case .problem(let problem) = rule.result { problem } else { nil }
        } + problems
    }

    /// The worst of all statuses: an error outranks a failure, since what is not judged may be worse.
    public var status: GateStatus {
        let statuses = rules.map(\.status) + (problems.isEmpty ? [] : [.error])
        return GateStatus.allCases.last(where: statuses.contains) ?? .pass
    }
}

/// What a rule, or a whole gate, ends in; the worse, the later.
public enum GateStatus: String, Sendable, CaseIterable, Codable {
    case pass, inconclusive, fail, error

    init(_ verdict: GateVerdict) {
        switch verdict {
        case .pass: self = .pass
        case .fail: self = .fail
        case .inconclusive: self = .inconclusive
        }
    }
}
