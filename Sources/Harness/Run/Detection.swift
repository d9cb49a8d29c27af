internal import Moderation

/// What is seen in one image: the response of Amazon Rekognition's `DetectModerationLabels`.
public struct Detection: Sendable, Equatable, Encodable {
    /// The labels whose confidence reaches the minimum: each top-level label before what stands below it.
    public let moderationLabels: [ModerationLabel]
    /// The version of the taxonomy that the names are of.
    public let moderationModelVersion: String
    /// The adapter that was used, if one was.
    public let projectVersion: String?

    /// One detected label.
    public struct ModerationLabel: Sendable, Equatable, Encodable {
        /// Percent.
        public let confidence: Float
        /// The label's own name.
        public let name: String
        /// The name of the label above, empty for a top-level label.
        public let parentName: String
        /// 1 for a top-level label; not said before version 7.
        public let taxonomyLevel: Int?

        private enum CodingKeys: String, CodingKey {
            case confidence = "Confidence"
            case name = "Name"
            case parentName = "ParentName"
            case taxonomyLevel = "TaxonomyLevel"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case moderationLabels = "ModerationLabels"
        case moderationModelVersion = "ModerationModelVersion"
        case projectVersion = "ProjectVersion"
    }

    /// The detection for `scores`, logits by label; labels without a score are never detected.
    init(scores: [Label: Float], taxonomy: Taxonomy, minimumConfidence: Double, projectVersion: String?) {
        let detected = scores.filter { Detection.reaches($0.value, minimumConfidence) }
            .mapValues { Float(Threshold.confidence(of: $0)) }
        let ranks = Dictionary(uniqueKeysWithValues: taxonomy.labels.enumerated().map { ($1, $0) })
        let order = { (label: Label) -> (Float, Int, Float, Int) in
            // Trees by their best label, then a parent before its children, then by confidence.
            let top = Label(path: [label.path[0]])
            let best = detected.filter { $0.key.path[0] == label.path[0] }.values.max() ?? 0
            return (-best, ranks[top] ?? 0, label.level == 1 ? -.infinity : -(detected[label] ?? 0), ranks[label] ?? 0)
        }
        moderationLabels = detected.keys.sorted { order($0) < order($1) }.map { label in
            ModerationLabel(
                confidence: detected[label] ?? 0, name: label.name, parentName: label.parent?.name ?? "",
                taxonomyLevel: taxonomy.version == Taxonomy.version6_1.version ? nil : label.level)
        }
        moderationModelVersion = taxonomy.version
        self.projectVersion = projectVersion
    }

    /// Whether `score`, a logit, is to be printed: decided on the logit, as in reports, not on a rounded confidence.
    static func reaches(_ score: Float, _ minimumConfidence: Double) -> Bool {
        if minimumConfidence <= 0 { return true }
        if minimumConfidence >= 100 { return Threshold.confidence(of: score) >= 100 }
        return Threshold(confidence: minimumConfidence).flags(score)
    }
}
