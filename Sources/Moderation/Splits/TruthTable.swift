/// What is known of some labels on every image, looked up once: plans ask for it thousands of times.
public struct TruthTable: Sendable {
    /// Of each label, in order, the truth on each image.
    public let truths: [[Truth]]

    /// What `records` say of `labels`.
    public init(_ records: [ImageRecord], labels: [Label]) {
        truths = labels.map { label in records.map { $0.annotation.truth(of: label) } }
    }
}
