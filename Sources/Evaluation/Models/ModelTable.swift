public import Moderation

/// The models of one label, ranked, and every two of them side by side.
public struct ModelTable: Sendable, Equatable, Codable {
    /// The label.
    public let label: Label
    /// The operating threshold of all in percent.
    public let thresholdConfidence: Double
    /// Number of repeats of the split.
    public let repeats: Int
    /// Test images of known truth, as a mean over repeats.
    public let images: Double
    /// The models, base models among them, those of the best place first.
    public let models: [ModelRow]
    /// Every two models, each pair once.
    public let pairs: [ModelPair]

    /// What `subject` makes better and worse than `reference`: the pair as it is, or turned around; `nil` where
    /// there is none.
    public func pair(subject: String, reference: String) -> (pair: ModelPair, isTurned: Bool)? {
        let found = pairs.first { pair in
            pair.subject == subject && pair.reference == reference
                || pair.subject == reference && pair.reference == subject
        }
        return found.map { ($0, $0.subject != subject) }
    }
}

/// One model's row of a table.
public struct ModelRow: Sendable, Equatable, Codable {
    /// The model.
    public let name: String
    /// Whether it is a base model and no adapter.
    public let isBase: Bool
    /// The base model that it is, or was trained on.
    public let baseModel: String
    /// Its place: one more than the number of models in better places.
    public let rank: Int
    /// Whether it shares the place with others.
    public let isTied: Bool
    /// Its misses and false alarms.
    public let errors: ByErrorKind<Errors>
    /// Whether it keeps what the objective holds; `nil` where that holds nothing.
    public let condition: HeldCondition?
    /// Images that the label was trained on, as a mean over repeats; `nil` for a base model.
    public let trainingImages: Double?
    /// A model of the Pareto front with no more errors of either kind and fewer of one; `nil` where it is on the front
    /// itself.
    public let dominatedBy: String?

    /// The errors of one kind, as means over repeats.
    public struct Errors: Sendable, Equatable, Codable {
        /// Images that could show the error.
        public let images: Double
        /// Images it is wrong about.
        public let errors: Double
        /// Errors over images.
        public let rate: Estimate
        /// Share of its base model's errors that is gone; `nil` for a base model.
        public let improvement: Estimate?
    }
}
