public import Moderation

/// An adapter's improvement after training on so many images.
public struct CurvePoint: Sendable, Equatable, Codable {
    /// What was asked for; of several sizes that take the same images, the largest.
    public let requested: TrainingSize
    /// Number of training images with the label, as a mean over repeats.
    public let positives: Double
    /// Number of training images without the label, as a mean over repeats.
    public let negatives: Double
    /// Number of groups that the training images are of, as a mean over repeats.
    public let groups: Double
    /// Whether the split has fewer images with the label to train on than were asked for, in every repeat.
    public let hasAllPositives: Bool
    /// Whether the split has fewer images without the label to train on than were asked for, in every repeat.
    public let hasAllNegatives: Bool
    /// Number of repeats.
    public let repeats: Int
    /// The improvements.
    public let improvement: ByErrorKind<Estimate>
    /// Error rate of the adapter less that of the base: defined wherever there is an image.
    public let rateDifference: ByErrorKind<Estimate>

    /// Number of training images, as a mean over repeats.
    public var images: Double { positives + negatives }

    init(requested: TrainingSize, trials: [LabelTrial]) {
        let counts = { (truth: Truth) in
            trials.map { trial in trial.trainingImages.count { trial.result.truth[$0] == truth } }
        }
        let (positives, negatives) = (counts(.present), counts(.absent))
        self.requested = requested
        self.positives = positives.mean(Double.init)
        self.negatives = negatives.mean(Double.init)
        groups = trials.mean { Double($0.groups.grouping($0.trainingImages).count) }
        hasAllPositives = positives.allSatisfy { $0 < requested.positives ?? .max }
        hasAllNegatives = negatives.allSatisfy { $0 < requested.negatives ?? .max }
        repeats = trials.count
        let outcomes = ByErrorKind { PairedRepeats(trials, kind: $0) }
        improvement = ByErrorKind { outcomes[$0].improvement }
        rateDifference = ByErrorKind { outcomes[$0].rateDifference }
    }
}
