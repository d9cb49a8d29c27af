/// The operations of Amazon Rekognition that the service knows, by their names on the wire.
enum Operation: String, CaseIterable, Sendable {
    case detectModerationLabels = "DetectModerationLabels"

    case createProject = "CreateProject"
    case describeProjects = "DescribeProjects"
    case deleteProject = "DeleteProject"

    case createProjectVersion = "CreateProjectVersion"
    case describeProjectVersions = "DescribeProjectVersions"
    case deleteProjectVersion = "DeleteProjectVersion"

    case startMediaAnalysisJob = "StartMediaAnalysisJob"
    case getMediaAnalysisJob = "GetMediaAnalysisJob"
    case listMediaAnalysisJobs = "ListMediaAnalysisJobs"

    case tagResource = "TagResource"
    case untagResource = "UntagResource"
    case listTagsForResource = "ListTagsForResource"

    // For Custom Labels alone: of an adapter or its project, the service refuses them.
    case createDataset = "CreateDataset"
    case describeDataset = "DescribeDataset"
    case updateDatasetEntries = "UpdateDatasetEntries"
    case listDatasetEntries = "ListDatasetEntries"
    case listDatasetLabels = "ListDatasetLabels"
    case distributeDatasetEntries = "DistributeDatasetEntries"
    case deleteDataset = "DeleteDataset"
    case copyProjectVersion = "CopyProjectVersion"
    case putProjectPolicy = "PutProjectPolicy"
    case listProjectPolicies = "ListProjectPolicies"
    case deleteProjectPolicy = "DeleteProjectPolicy"
    case startProjectVersion = "StartProjectVersion"
    case stopProjectVersion = "StopProjectVersion"
    case detectCustomLabels = "DetectCustomLabels"

    /// What stands before the name in the header `X-Amz-Target`.
    static let targetPrefix = "RekognitionService."

    /// The operation that `target`, a value of `X-Amz-Target`, names.
    init(target: String?) throws(ServiceError) {
        guard let target, target.hasPrefix(Self.targetPrefix) else {
            throw ServiceError(.unknownOperation, "the header X-Amz-Target names no operation of \(Self.targetPrefix)…")
        }
        let name = String(target.dropFirst(Self.targetPrefix.count))
        guard let operation = Operation(rawValue: name) else {
            throw ServiceError(
                .unknownOperation,
                "this server does not offer \(name.prefix(80)); it moderates images and trains adapters")
        }
        self = operation
    }
}
