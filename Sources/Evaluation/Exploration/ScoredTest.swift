internal import Foundation
internal import Moderation

/// One test of one image by one model.
struct ScoredTest {
    /// The model's score, a logit.
    let score: Float
    /// Whether the image has the label.
    let isPresent: Bool

    /// The confidence, 0 to 1.
    var probability: Double { Threshold.confidence(of: score) / 100 }
}
