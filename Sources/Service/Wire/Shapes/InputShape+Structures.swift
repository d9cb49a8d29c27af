/// Structures, lists and maps of the service model that operations have in common, by its names.
extension InputShape {
    static let s3Object = structure([
        .optional("Bucket", bucket), .optional("Name", objectName), .optional("Version", objectVersion),
    ])
    static let image = structure([.optional("Bytes", imageBytes), .optional("S3Object", s3Object)])
    static let tags = map(key: tagKey, value: tagValue, count: 0...200)

    static let humanLoopConfig = structure([
        .required("HumanLoopName", humanLoopName), .required("FlowDefinitionArn", flowDefinitionARN),
        .optional(
            "DataAttributes",
            structure([.optional("ContentClassifiers", list(of: contentClassifier, count: 0...256))])),
    ])

    static let groundTruthManifest = structure([.optional("S3Object", s3Object)])
    static let assets = list(
        of: structure([.optional("GroundTruthManifest", groundTruthManifest)]), count: 0...Int.max)
    static let trainingData = structure([.optional("Assets", assets)])
    static let testingData = structure([.optional("Assets", assets), .optional("AutoCreate", boolean)])
    static let outputConfig = structure([.optional("S3Bucket", bucket), .optional("S3KeyPrefix", keyPrefix)])
    static let featureConfig = structure([
        .optional("ContentModeration", structure([.optional("ConfidenceThreshold", percent)]))
    ])

    static let jobOperations = structure([
        .optional(
            "DetectModerationLabels",
            structure([.optional("MinConfidence", percent), .optional("ProjectVersion", projectVersionARN)]))
    ])
    static let jobInput = structure([.required("S3Object", s3Object)])
    static let jobOutput = structure([.required("S3Bucket", bucket), .optional("S3KeyPrefix", jobKeyPrefix)])
}
