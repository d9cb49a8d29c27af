public import Moderation

/// How the models of one label behave at other thresholds than the declared one: what a reader may explore, and nothing may
/// be claimed from, since a threshold picked here was picked on the test images.
public struct LabelExploration: Sendable, Equatable, Codable {
    /// The targeted label.
    public let label: Label
    /// The confidences in percent that ``Model/points`` stand for, ascending.
    public let confidences: [Double]
    /// The base model, then the adapters in the order declared.
    public let models: [Model]

    public init(label: Label, confidences: [Double], models: [Model]) {
        self.label = label
        self.confidences = confidences
        self.models = models
    }

    /// The base model or an adapter.
    public struct Model: Sendable, Equatable, Codable {
        /// The adapter entry of the experiment file; `nil` for the base model.
        public let adapter: String?
        /// One point per confidence, base model and adapter cut at the same one.
        public let points: [Point]
        /// Precision against recall over the tests of all repeats, from the highest threshold to the lowest, thinned to what
        /// a picture can show.
        public let precisionRecall: [PrecisionRecallPoint]
        /// Area under precision and recall, not thinned: the sum of the steps in recall times the precision there, as
        /// scikit-learn's `average_precision_score`; `nil` where no test image has the label.
        public let averagePrecision: Double?
        /// Ten bins of confidence over the tests of all repeats, those without any left out.
        public let reliability: [ReliabilityBin]
        /// Mean of |share present - mean confidence| over the bins, weighted by tests (Naeini, Cooper and Hauskrecht 2015).
        public let expectedCalibrationError: Double?

        public init(
            adapter: String?, points: [Point], precisionRecall: [PrecisionRecallPoint], averagePrecision: Double?,
            reliability: [ReliabilityBin], expectedCalibrationError: Double?
        ) {
            self.adapter = adapter
            self.points = points
            self.precisionRecall = precisionRecall
            self.averagePrecision = averagePrecision
            self.reliability = reliability
            self.expectedCalibrationError = expectedCalibrationError
        }
    }

    /// One model at one threshold.
    public struct Point: Sendable, Equatable, Codable {
        /// Misses and false alarms.
        public let errors: ByErrorKind<Errors>
        /// Share of the test images that is flagged; `nil` where there is none.
        public let flaggedShare: Double?

        public init(errors: ByErrorKind<Errors>, flaggedShare: Double?) {
            self.errors = errors
            self.flaggedShare = flaggedShare
        }
    }

    /// The errors of one kind at one threshold, as means over repeats.
    public struct Errors: Sendable, Equatable, Codable {
        /// Errors of this model.
        public let errors: Double
        /// Errors of the base model that are gone.
        public let fixed: Double
        /// Errors that the base model does not make.
        public let broken: Double
        /// Share of the base model's errors at the same threshold that is gone; `nil` for the base model itself.
        public let improvement: Estimate?

        public init(errors: Double, fixed: Double, broken: Double, improvement: Estimate?) {
            self.errors = errors
            self.fixed = fixed
            self.broken = broken
            self.improvement = improvement
        }
    }

    /// A point of a curve of precision over recall.
    public struct PrecisionRecallPoint: Sendable, Equatable, Codable {
        public let recall: Double
        public let precision: Double

        public init(recall: Double, precision: Double) {
            self.recall = recall
            self.precision = precision
        }
    }

    /// The tests in which the confidence lies in one tenth of the scale; an image counts once in each repeat that tests it.
    public struct ReliabilityBin: Sendable, Equatable, Codable {
        /// Which tenth, 0 to 9.
        public let bin: Int
        /// Mean confidence, 0 to 1.
        public let meanConfidence: Double
        /// Share of the tests whose image has the label: on one split with Wilson's interval, over repeats with the
        /// corrected one.
        public let sharePresent: Estimate.Measurement
        /// Number of tests.
        public let tests: Int

        public init(bin: Int, meanConfidence: Double, sharePresent: Estimate.Measurement, tests: Int) {
            self.bin = bin
            self.meanConfidence = meanConfidence
            self.sharePresent = sharePresent
            self.tests = tests
        }
    }
}
