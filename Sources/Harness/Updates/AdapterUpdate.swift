public import Evaluation
public import Moderation

/// What an update does, or did, with one adapter of a project.
public struct AdapterUpdate: Sendable {
    /// The newest version in use when the update began.
    public let old: AdapterVersion
    /// The version on the new base model, where there is one.
    public let new: AdapterVersion?
    /// What became of it.
    public let outcome: Outcome
    /// What is worth saying beside that.
    public let notes: [String]

    /// What became of an adapter.
    public enum Outcome: Sendable {
        /// It is on the base model already.
        case upToDate
        /// An update that was cut off after its switch was brought to its end.
        case completed
        /// What would come next: a dry run does nothing.
        case planned(Step)
        /// Old and new were compared.
        case judged(ModelSwitch, Decision)
        /// It cannot be moved, for the reason given.
        case refused(String)
    }

    /// What an update begins with.
    public enum Step: Sendable {
        /// To train the trial of this id.
        case train(Digest)
        /// To judge the candidate that was made of the trial of this id.
        case judge(Digest)
        /// To deprecate the old version, whose place the new one has taken.
        case deprecate
    }

    /// What followed from a comparison.
    public enum Decision: String, Sendable {
        /// The new version took over.
        case switched
        /// It took over although its gate does not pass, as was asked for.
        case accepted
        /// The old version stays in use, the new one is a candidate.
        case kept
    }
}

/// What an update of a project does, or did.
public struct ProjectUpdate: Sendable {
    /// The project's name.
    public let project: String
    /// The new base model.
    public let baseModel: AdapterVersion.BaseModel
    /// The adapters with a version in use, by name.
    public let adapters: [AdapterUpdate]
    /// What is wrong with versions that cannot be read.
    public let damaged: [ProjectError]

    /// Whether an adapter could not be moved or read.
    public var hasRefusals: Bool {
        !damaged.isEmpty
            || adapters.contains { if case .refused = $0.outcome { true } else { false } }
    }

    /// The worst verdict of those that kept an old version in use; `nil` where none did.
    public var verdict: GateVerdict? {
        adapters.compactMap { update -> GateVerdict? in
            guard case .judged(let change, .kept) = update.outcome else { return nil }
            return change.verdict
        }.worst
    }
}
