/// The two ways of being wrong about a label.
public enum ErrorKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// The label is present and was not flagged: a miss.
    case falseNegatives = "false_negatives"
    /// The label is absent and was flagged: a false alarm.
    case falsePositives = "false_positives"

    /// The other kind, which an adapter may trade for this one.
    public var other: ErrorKind {
        switch self {
        case .falseNegatives: .falsePositives
        case .falsePositives: .falseNegatives
        }
    }
}
