/// What an adapter version is good for.
public enum AdapterStatus: String, Sendable, Codable, CaseIterable {
    /// In use: the newest of these is what `PROJECT/NAME` means.
    case trained
    /// Made, and not yet let in: only its number names it.
    case candidate
    /// Superseded: it still works, with a warning, and only its number names it.
    case deprecated
}
