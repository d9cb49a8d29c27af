internal import Moderation

/// How many images of each kind the data hold for a label, against the product's own minima.
///
/// Amazon Rekognition Custom Moderation asks for 20 false positives or 50 false negatives of the base model to train on, and
/// 20 images to test on. Over repeated splits these are the least counts of any repeat.
public struct Composition: Sendable, Equatable, Codable {
    /// Training images the base model wrongly flags.
    public let trainingFalsePositives: Int
    /// Training images the base model misses.
    public let trainingFalseNegatives: Int
    /// Training images of known truth.
    public let trainingImages: Int
    /// Test images of known truth.
    public let testImages: Int
    /// What the data lack, if anything.
    public let advice: [Advice]

    /// The least number of false positives to train on, unless there are enough false negatives.
    public static let fewestFalsePositives = 20
    /// The least number of false negatives to train on, unless there are enough false positives.
    public static let fewestFalseNegatives = 50
    /// The least number of images to test on.
    public static let fewestTestImages = 20

    public init(trainingFalsePositives: Int, trainingFalseNegatives: Int, trainingImages: Int, testImages: Int) {
        self.trainingFalsePositives = trainingFalsePositives
        self.trainingFalseNegatives = trainingFalseNegatives
        self.trainingImages = trainingImages
        self.testImages = testImages
        let hasErrors =
            trainingFalsePositives >= Composition.fewestFalsePositives
            || trainingFalseNegatives >= Composition.fewestFalseNegatives
        advice =
            (hasErrors ? [] : [.fewTrainingErrors])
            + (testImages >= Composition.fewestTestImages ? [] : [.fewTestImages])
    }

    /// Something the data lack.
    public enum Advice: String, Sendable, Hashable, Codable {
        /// Neither 20 false positives nor 50 false negatives to train on.
        case fewTrainingErrors = "few_training_errors"
        /// Fewer than 20 test images.
        case fewTestImages = "few_test_images"
    }
}

extension Composition {
    /// The composition of one trial's images.
    init(_ record: TrialRecord, label: Int) {
        let result = record.labels[label]
        let threshold = Threshold(confidence: record.thresholdConfidence)
        let training = record.images(of: .training, knownIn: result)
        let errors = { (kind: ErrorKind) in
            training.count {
                kind.isError(score: result.baseScores[$0], truth: result.truth[$0], threshold: threshold) == true
            }
        }
        self.init(
            trainingFalsePositives: errors(.falsePositives), trainingFalseNegatives: errors(.falseNegatives),
            trainingImages: training.count, testImages: record.images(of: .test, knownIn: result).count)
    }

    /// The least counts of `compositions`, at least one of them.
    init(leastOf compositions: [Composition]) {
        let least = { (part: (Composition) -> Int) in compositions.map(part).min() ?? 0 }
        self.init(
            trainingFalsePositives: least(\.trainingFalsePositives),
            trainingFalseNegatives: least(\.trainingFalseNegatives), trainingImages: least(\.trainingImages),
            testImages: least(\.testImages))
    }
}
