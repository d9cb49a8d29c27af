internal import Moderation

/// The thresholds that a reader may explore: every whole percent, and the declared one.
struct ThresholdGrid {
    /// In percent, ascending.
    let confidences: [Double]
    /// The same as logits.
    private let logits: [Float]

    init(declared confidence: Double) {
        confidences = Set((1...99).map(Double.init) + [confidence]).sorted()
        logits = confidences.map { Threshold(confidence: $0).logit }
    }

    /// Number of thresholds that flag `score`, a logit: the lowest ones.
    func reached(by score: Float) -> Int {
        precondition(!score.isNaN, "the score of an image of the test part is a number, given \(score)")
        var (lower, upper) = (0, logits.count)
        while lower < upper {
            let middle = (lower + upper) / 2
            if score >= logits[middle] { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }
}
