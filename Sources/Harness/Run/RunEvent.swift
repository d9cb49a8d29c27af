/// What a run tells of its progress, as it happens.
public enum RunEvent: Sendable, Equatable {
    /// A stage of known length begins.
    case began(Stage, total: Int)
    /// So many of the stage's items are done; `detail` says what goes on meanwhile, where that is elsewhere.
    case advanced(Stage, done: Int, total: Int, detail: String = "")
    /// The stage is over.
    case ended(Stage, total: Int, seconds: Double)
    /// Something worth saying, though the run goes on.
    case note(String)

    /// The long parts of a run.
    public enum Stage: String, Sendable {
        case fetching = "fetching images"
        case hashing = "hashing images"
        case embedding = "embedding images"
        case training = "training trials"
        case verifying = "training trials again"
    }
}
