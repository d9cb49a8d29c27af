internal import Moderation

/// How often a model was right and wrong at one confidence: four counts that Amazon Rekognition's evaluation file has.
public struct OutcomeCounts: Sendable, Equatable, Encodable {
    /// Flagged, and the label is there.
    public var truePositive = 0
    /// Not flagged, and the label is not there.
    public var trueNegative = 0
    /// Flagged, and the label is not there.
    public var falsePositive = 0
    /// Not flagged, and the label is there.
    public var falseNegative = 0

    private enum CodingKeys: String, CodingKey {
        case truePositive = "TruePositive"
        case trueNegative = "TrueNegative"
        case falsePositive = "FalsePositive"
        case falseNegative = "FalseNegative"
    }

    /// Nothing counted yet.
    init() {}

    /// The counts of `scores`, logits, where `confidence` percent flag; images of unknown truth do not count.
    init(scores: [Float], truth: [Truth], confidence: Double) {
        for (score, truth) in zip(scores, truth) where truth != .unknown {
            switch (Detection.reaches(score, confidence), truth == .present) {
            case (true, true): truePositive += 1
            case (false, false): trueNegative += 1
            case (true, false): falsePositive += 1
            case (false, true): falseNegative += 1
            }
        }
    }

    static func + (left: OutcomeCounts, right: OutcomeCounts) -> OutcomeCounts {
        var sum = left
        sum.truePositive += right.truePositive
        sum.trueNegative += right.trueNegative
        sum.falsePositive += right.falsePositive
        sum.falseNegative += right.falseNegative
        return sum
    }

    /// 2 TP / (2 TP + FP + FN); `nil` where no image has the label and none was flagged.
    public var f1Score: Double? {
        let total = 2 * truePositive + falsePositive + falseNegative
        return total == 0 ? nil : Double(2 * truePositive) / Double(total)
    }
}
