public import Evaluation
public import Moderation

/// One adapter on one division of the images: the unit of work, of storage and of resumption.
public struct Trial: Sendable {
    /// The digest of the specification and the determinants: not of names, position or time.
    public let id: Digest
    /// Index of the adapter in the experiment file.
    public let adapter: Int
    /// Number of the division, from 0.
    public let repetition: Int
    /// Which images are trained on and tested on.
    public let split: Split
    /// The resolved trial as canonical JSON, defaults written out.
    public let specification: String
    /// What else determines the result, in order.
    public let determinants: [TrialRecord.Determinant]
}
