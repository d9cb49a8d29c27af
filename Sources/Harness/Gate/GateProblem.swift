public import Moderation

/// Why a rule of a gate has no verdict.
public enum GateProblem: Error, Sendable, CustomStringConvertible {
    /// Trials that it needs could not be fitted.
    case trialsFailed(String)
    /// The baseline that it names cannot be compared with, or what was written is wrong in another way.
    case finding(Finding)

    /// One sentence, with a hint on a line of its own where there is one.
    public var description: String {
        switch self {
        case .trialsFailed(let reason): reason
        case .finding(let finding): finding.message + (finding.hint.map { "\n  hint: \($0)" } ?? "")
        }
    }
}
