/// What an annotator said of one label on one image.
public enum Truth: UInt8, Sendable, Hashable, CaseIterable {
    /// The label is not in the image.
    case absent = 0
    /// The label is in the image.
    case present = 1
    /// Nobody said, or nobody can say; the image counts neither for nor against the label.
    case unknown = 2
}
