public import Evaluation
public import Moderation

/// The evaluation results file of Amazon Rekognition Custom Moderation, of a trial's test images.
///
/// A label is judged by its own score, as `DetectModerationLabels` prints it: of a top-level label that is Amazon's rule. A
/// targeted label that is not top-level is judged in the same way, under its own name, which Amazon's adapters have not.
public struct EvaluationResults: Sendable, Equatable, Encodable {
    /// All labels together.
    public let aggregated: Aggregated
    /// What was evaluated.
    public let details: Details
    /// The counts.
    public let contentModeration: ContentModeration

    /// One number for all labels.
    public struct Aggregated: Sendable, Equatable, Encodable {
        /// F1 of the adapter at the operating threshold over all labels at once (micro average): the harmonic mean of the
        /// precision and the recall of all decisions, from the aggregated counts that stand in the file. The mean of the
        /// labels' F1 (macro average) would be undefined with any label that no test image has. Left out where undefined.
        public let f1Score: Double?

        private enum CodingKeys: String, CodingKey { case f1Score = "F1Score" }
    }

    /// What was evaluated, and when.
    public struct Details: Sendable, Equatable, Encodable {
        /// When the adapter version was made, ISO 8601.
        public let evaluationEndTimestamp: String
        public let labels: [String]
        /// Images whose truth is known for at least one label.
        public let numberOfTestingImages: Int
        /// The same of the training images.
        public let numberOfTrainingImages: Int
        public let projectVersionArn: String

        private enum CodingKeys: String, CodingKey {
            case evaluationEndTimestamp = "EvaluationEndTimestamp"
            case labels = "Labels"
            case numberOfTestingImages = "NumberOfTestingImages"
            case numberOfTrainingImages = "NumberOfTrainingImages"
            case projectVersionArn = "ProjectVersionArn"
        }
    }

    /// The counts at the operating threshold, and at every fifth percent.
    public struct ContentModeration: Sendable, Equatable, Encodable {
        public let atInputThreshold: AtThreshold
        /// From 5 to 100 in steps of 5.
        public let atAllThresholds: [AtThreshold]

        private enum CodingKeys: String, CodingKey {
            case atInputThreshold = "InputConfidenceThresholdEvalResults"
            case atAllThresholds = "AllConfidenceThresholdsEvalResults"
        }
    }

    /// The counts at one threshold.
    public struct AtThreshold: Sendable, Equatable, Encodable {
        /// Percent.
        public let confidenceThreshold: Double
        public let aggregated: BothModels
        public let labels: [OfLabel]

        private enum CodingKeys: String, CodingKey {
            case confidenceThreshold = "ConfidenceThreshold"
            case aggregated = "AggregatedEvaluationResults"
            case labels = "LabelEvaluationResults"
        }
    }

    /// The counts of both models over all labels.
    public struct BothModels: Sendable, Equatable, Encodable {
        public let baseModel: OutcomeCounts
        public let adapter: OutcomeCounts

        private enum CodingKeys: String, CodingKey {
            case baseModel = "BaseModel"
            case adapter = "Adapter"
        }
    }

    /// The counts of both models on one label.
    public struct OfLabel: Sendable, Equatable, Encodable {
        public let label: String
        public let baseModel: OutcomeCounts
        public let adapter: OutcomeCounts

        private enum CodingKeys: String, CodingKey {
            case label = "Label"
            case baseModel = "BaseModel"
            case adapter = "Adapter"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case aggregated = "AggregatedEvaluationResults"
        case details = "EvaluationDetails"
        case contentModeration = "ContentModeration"
    }

    /// The results of `trial`.
    ///
    /// - Parameters:
    ///   - arn: the name of the adapter version.
    ///   - ended: when the evaluation ended, ISO 8601.
    public init(of trial: TrialRecord, taxonomy: Taxonomy, arn: String, ended: String) {
        let input = AtThreshold(of: trial, taxonomy, confidence: trial.thresholdConfidence)
        aggregated = Aggregated(f1Score: input.aggregated.adapter.f1Score)
        details = Details(
            evaluationEndTimestamp: ended, labels: trial.labels.map { taxonomy.rekognitionName(of: $0.label) },
            numberOfTestingImages: trial.imageCount(of: .test), numberOfTrainingImages: trial.imageCount(of: .training),
            projectVersionArn: arn)
        contentModeration = ContentModeration(
            atInputThreshold: input,
            atAllThresholds: stride(from: 5, through: 100, by: 5).map {
                AtThreshold(of: trial, taxonomy, confidence: Double($0))
            })
    }
}

extension EvaluationResults.AtThreshold {
    fileprivate init(of trial: TrialRecord, _ taxonomy: Taxonomy, confidence: Double) {
        let labels = trial.labels.map { result in
            let test = trial.images(of: .test, knownIn: result)
            let truth = test.map { result.truth[$0] }
            let counts = { (scores: [Float]) in
                OutcomeCounts(scores: test.map { scores[$0] }, truth: truth, confidence: confidence)
            }
            return EvaluationResults.OfLabel(
                label: taxonomy.rekognitionName(of: result.label), baseModel: counts(result.baseScores),
                adapter: counts(result.adapterScores))
        }
        confidenceThreshold = confidence
        aggregated = EvaluationResults.BothModels(
            baseModel: labels.map(\.baseModel).reduce(OutcomeCounts(), +),
            adapter: labels.map(\.adapter).reduce(OutcomeCounts(), +))
        self.labels = labels
    }
}

extension TrialRecord {
    /// Number of images of `part` that any label uses.
    func imageCount(of part: SplitPart) -> Int { Set(labels.flatMap { images(of: part, knownIn: $0) }).count }
}

extension Taxonomy {
    /// What Amazon Rekognition calls `label`: its last name, or all of its path where another label has that name too and
    /// stands above.
    func rekognitionName(of label: Label) -> String {
        labels(named: label.name).allSatisfy { $0.level >= label.level } ? label.name : label.description
    }
}
