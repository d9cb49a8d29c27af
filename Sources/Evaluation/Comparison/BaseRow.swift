/// The base model's own row of a table: what the adapters are held against, with no improvement to claim.
public struct BaseRow: Sendable, Equatable, Codable {
    /// Number of repeats.
    public let repeats: Int
    /// Test images of known truth, as a mean over repeats.
    public let images: Double
    /// Its misses and false alarms.
    public let errors: ByErrorKind<Errors>
    /// Share of the test images that it flags: the review load; `nil` where there is no test image.
    public let flaggedShare: Double?

    /// The errors of one kind, as means over repeats.
    public struct Errors: Sendable, Equatable, Codable {
        /// Images that could show the error.
        public let images: Double
        /// Images it is wrong about.
        public let errors: Double
        /// Errors over images.
        public let rate: Estimate

        init(_ repeats: PairedRepeats) {
            images = repeats.counts.mean { Double($0.images) }
            errors = repeats.counts.mean { Double($0.baseErrors) }
            rate = repeats.baseRate
        }
    }

    /// The row of one trial per repetition.
    init(_ trials: [LabelTrial]) {
        repeats = trials.count
        images = trials.mean { Double($0.testImages.count) }
        errors = ByErrorKind { Errors(PairedRepeats(trials, kind: $0)) }
        flaggedShare = trials.flaggedShare(\.baseErrors)
    }
}
