/// One adapter's row of a table: what it makes better and worse than the base model on the same images.
public struct AdapterRow: Sendable, Equatable, Codable {
    /// The adapter entry of the experiment file.
    public let adapter: String
    /// Number of repeats it finished.
    public let repeats: Int
    /// Test images of known truth, as a mean over repeats.
    public let images: Double
    /// Misses, among the images in which the label is present, and false alarms, among those in which it is absent.
    public let errors: ByErrorKind<ErrorComparison>
    /// The same where each is cut at its own threshold, set on the test rows: a diagnostic of the ranking.
    public let matched: ByErrorKind<MatchedErrors>
    /// Share of the test images that the base model flags; `nil` where there is no test image.
    public let baseFlaggedShare: Double?
    /// Share of the test images that the adapter flags: the review load.
    public let adapterFlaggedShare: Double?
    /// The hyperparameters chosen from the training rows, one entry per repeat.
    public let chosen: [ChosenHyperparameters]
    /// What became of each image, for the groups in which base model or adapter was wrong about any.
    public let imageTests: ByErrorKind<ImageTestTable>

    init(
        _ adapter: String, label: Int, trials: [LabelTrial], limits: ByErrorKind<DetectionLimit>,
        correction: Correction, tellingImages isTelling: Bool
    ) {
        self.adapter = adapter
        repeats = trials.count
        images = trials.mean { Double($0.testImages.count) }
        errors = ByErrorKind { kind in
            ErrorComparison(
                PairedRepeats(trials, kind: kind),
                significance: correction.significance(label: label, adapter: adapter, kind: kind), limit: limits[kind],
                level: correction.level)
        }
        matched = ByErrorKind { MatchedErrors(PairedRepeats(trials, matched: $0)) }
        baseFlaggedShare = trials.flaggedShare(\.baseErrors)
        adapterFlaggedShare = trials.flaggedShare(\.adapterErrors)
        chosen = trials.map(ChosenHyperparameters.init)
        imageTests = ByErrorKind { isTelling ? ImageTestTable($0, of: trials) : ImageTestTable(rows: []) }
    }
}

/// The hyperparameters chosen in one repeat.
public struct ChosenHyperparameters: Sendable, Equatable, Codable {
    /// The number of the split's repetition, from 0.
    public let repetition: Int
    /// The values, in the recipe's order.
    public let values: [Value]
    /// The adapter chosen, where the recipe tries several.
    public let adapter: String?
    /// Why it was chosen.
    public let reason: String?

    /// One hyperparameter.
    public struct Value: Sendable, Equatable, Codable {
        public let name: String
        public let value: Double
    }

    init(_ trial: LabelTrial) {
        repetition = trial.repetition
        values = trial.result.chosen.map { Value(name: $0.name, value: $0.value) }
        adapter = trial.result.choice?.adapter
        reason = trial.result.choice?.reason
    }
}
