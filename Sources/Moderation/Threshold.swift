internal import Foundation

/// An operating threshold on confidence: a label is flagged where its confidence reaches it.
///
/// Scores are logits, so the comparison is made there: no rounding of a sigmoid decides.
public struct Threshold: Sendable, Hashable {
    /// Percent, above 0 and below 100.
    public let confidence: Double
    /// The same as a logit: a score flags where `score >= logit`.
    public let logit: Float

    /// The threshold at `confidence` percent, above 0 and below 100.
    public init(confidence: Double) {
        precondition(confidence > 0 && confidence < 100, "a threshold lies between 0 and 100, given \(confidence)")
        self.confidence = confidence
        self.logit = Float(log(confidence / (100 - confidence)))
    }

    /// Whether `score`, a logit, is flagged.
    public func flags(_ score: Float) -> Bool { score >= logit }

    /// The confidence in percent of `score`, a logit.
    public static func confidence(of score: Float) -> Double {
        100 / (1 + exp(-Double(score)))
    }
}
