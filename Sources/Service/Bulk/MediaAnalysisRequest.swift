internal import ObjectStorage

/// What StartMediaAnalysisJob is asked for, its token aside.
struct MediaAnalysisRequest: Codable, Sendable, Equatable {
    let jobName: String?
    let operationsConfig: OperationsConfig
    let input: S3Location
    let outputConfig: OutputConfig

    struct OperationsConfig: Codable, Equatable, Output {
        let detectModerationLabels: DetectModerationLabels
    }

    struct DetectModerationLabels: Codable, Equatable, Output {
        let minConfidence: Double?
        let projectVersion: String?
    }

    struct OutputConfig: Codable, Equatable, Output {
        let s3Bucket: String
        let s3KeyPrefix: String?
    }

    var adapter: String? { operationsConfig.detectModerationLabels.projectVersion }

    /// The object `name` among the results of the job `id`.
    func result(_ name: String, of id: String) -> ObjectLocation {
        // A prefix is a folder, whether it ends in a slash or not.
        var folder = outputConfig.s3KeyPrefix ?? ""
        while folder.hasSuffix("/") { folder.removeLast() }
        return ObjectLocation(
            bucket: outputConfig.s3Bucket,
            key: (folder.isEmpty ? [id, name] : [folder, id, name]).joined(separator: "/"))
    }
}

extension MediaAnalysisRequest {
    /// - Throws: `ServiceError` `.invalidParameter` for what no server without KMS and object versions can do.
    init(_ input: Input) throws(ServiceError) {
        guard input.text("KmsKeyId") == nil else {
            throw Self.refusal("KmsKeyId: this server encrypts nothing; leave it out")
        }
        guard let detection = input["OperationsConfig"]?["DetectModerationLabels"] else {
            throw Self.refusal(
                "OperationsConfig needs DetectModerationLabels, the only operation of media analysis jobs")
        }
        let manifest = try ObjectLocation(input["Input"]?["S3Object"], at: "Input.S3Object")
        guard let output = input["OutputConfig"], let outputBucket = output.text("S3Bucket") else {
            throw Self.refusal("OutputConfig needs S3Bucket")
        }
        self.init(
            jobName: input.text("JobName"),
            operationsConfig: OperationsConfig(
                detectModerationLabels: DetectModerationLabels(
                    minConfidence: detection.number("MinConfidence"), projectVersion: detection.text("ProjectVersion"))),
            input: S3Location(manifest),
            outputConfig: OutputConfig(s3Bucket: outputBucket, s3KeyPrefix: output.text("S3KeyPrefix")))
    }

    private static func refusal(_ message: String) -> ServiceError { ServiceError(.invalidParameter, message) }
}
