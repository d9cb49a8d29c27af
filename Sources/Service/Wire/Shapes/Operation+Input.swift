extension Operation {
    /// The shape of its input.
    var input: InputShape {
        switch self {
        case .detectModerationLabels: .detectModerationLabels
        case .createProject: .createProject
        case .describeProjects: .describeProjects
        case .deleteProject: .deleteProject
        case .createProjectVersion: .createProjectVersion
        case .describeProjectVersions: .describeProjectVersions
        case .deleteProjectVersion, .stopProjectVersion: .ofProjectVersion
        case .startMediaAnalysisJob: .startMediaAnalysisJob
        case .getMediaAnalysisJob: .getMediaAnalysisJob
        case .listMediaAnalysisJobs: .listMediaAnalysisJobs
        case .tagResource: .tagResource
        case .untagResource: .untagResource
        case .listTagsForResource: .listTagsForResource
        case .createDataset: .createDataset
        case .describeDataset, .deleteDataset: .ofDataset
        case .updateDatasetEntries: .updateDatasetEntries
        case .listDatasetEntries: .listDatasetEntries
        case .listDatasetLabels: .listDatasetLabels
        case .distributeDatasetEntries: .distributeDatasetEntries
        case .copyProjectVersion: .copyProjectVersion
        case .putProjectPolicy: .putProjectPolicy
        case .listProjectPolicies: .listProjectPolicies
        case .deleteProjectPolicy: .deleteProjectPolicy
        case .startProjectVersion: .startProjectVersion
        case .detectCustomLabels: .detectCustomLabels
        }
    }
}

/// The inputs of the operations that adapters and bulk jobs have.
extension InputShape {
    fileprivate static let detectModerationLabels = structure([
        .required("Image", image), .optional("MinConfidence", percent), .optional("HumanLoopConfig", humanLoopConfig),
        .optional("ProjectVersion", projectVersionARN),
    ])

    fileprivate static let createProject = structure([
        .required("ProjectName", projectName), .optional("Feature", feature), .optional("AutoUpdate", autoUpdate),
        .optional("Tags", tags),
    ])
    fileprivate static let describeProjects = structure([
        .optional("NextToken", paginationToken), .optional("MaxResults", pageSize),
        .optional("ProjectNames", list(of: projectName, count: 1...10)),
        .optional("Features", list(of: feature, count: 1...2)),
    ])
    fileprivate static let deleteProject = structure([.required("ProjectArn", projectARN)])

    fileprivate static let createProjectVersion = structure([
        .required("ProjectArn", projectARN), .required("VersionName", versionName),
        .required("OutputConfig", outputConfig), .optional("TrainingData", trainingData),
        .optional("TestingData", testingData), .optional("Tags", tags), .optional("KmsKeyId", kmsKeyID),
        .optional("VersionDescription", versionDescription), .optional("FeatureConfig", featureConfig),
    ])
    fileprivate static let describeProjectVersions = structure([
        .required("ProjectArn", projectARN), .optional("VersionNames", list(of: versionName, count: 1...10)),
        .optional("NextToken", paginationToken), .optional("MaxResults", pageSize),
    ])
    fileprivate static let ofProjectVersion = structure([.required("ProjectVersionArn", projectVersionARN)])

    fileprivate static let startMediaAnalysisJob = structure([
        .optional("ClientRequestToken", clientRequestToken), .optional("JobName", jobName),
        .required("OperationsConfig", jobOperations), .required("Input", jobInput),
        .required("OutputConfig", jobOutput), .optional("KmsKeyId", kmsKeyID),
    ])
    fileprivate static let getMediaAnalysisJob = structure([.required("JobId", jobID)])
    fileprivate static let listMediaAnalysisJobs = structure([
        .optional("NextToken", paginationToken), .optional("MaxResults", pageSize),
    ])

    fileprivate static let tagResource = structure([.required("ResourceArn", resourceARN), .required("Tags", tags)])
    fileprivate static let untagResource = structure([
        .required("ResourceArn", resourceARN), .required("TagKeys", list(of: tagKey, count: 0...200)),
    ])
    fileprivate static let listTagsForResource = structure([.required("ResourceArn", resourceARN)])
}

/// The inputs of the operations of Custom Labels alone.
extension InputShape {
    fileprivate static let ofDataset = structure([.required("DatasetArn", datasetARN)])
    fileprivate static let createDataset = structure([
        .optional(
            "DatasetSource",
            structure([
                .optional("GroundTruthManifest", groundTruthManifest), .optional("DatasetArn", datasetARN),
            ])), .required("DatasetType", datasetType), .required("ProjectArn", projectARN), .optional("Tags", tags),
    ])
    fileprivate static let updateDatasetEntries = structure([
        .required("DatasetArn", datasetARN),
        .required("Changes", structure([.required("GroundTruth", groundTruth)])),
    ])
    fileprivate static let listDatasetEntries = structure([
        .required("DatasetArn", datasetARN), .optional("ContainsLabels", list(of: datasetLabel, count: 1...10)),
        .optional("Labeled", boolean), .optional("SourceRefContains", queryString), .optional("HasErrors", boolean),
        .optional("NextToken", paginationToken), .optional("MaxResults", pageSize),
    ])
    fileprivate static let listDatasetLabels = structure([
        .required("DatasetArn", datasetARN), .optional("NextToken", paginationToken),
        .optional("MaxResults", pageSize),
    ])
    fileprivate static let distributeDatasetEntries = structure([
        .required("Datasets", list(of: structure([.required("Arn", datasetARN)]), count: 2...2))
    ])

    fileprivate static let copyProjectVersion = structure([
        .required("SourceProjectArn", projectARN), .required("SourceProjectVersionArn", projectVersionARN),
        .required("DestinationProjectArn", projectARN), .required("VersionName", versionName),
        .required("OutputConfig", outputConfig), .optional("Tags", tags), .optional("KmsKeyId", kmsKeyID),
    ])
    fileprivate static let putProjectPolicy = structure([
        .required("ProjectArn", projectARN), .required("PolicyName", policyName),
        .optional("PolicyRevisionId", policyRevisionID), .required("PolicyDocument", policyDocument),
    ])
    fileprivate static let listProjectPolicies = structure([
        .required("ProjectArn", projectARN), .optional("NextToken", paginationToken),
        .optional("MaxResults", policyPageSize),
    ])
    fileprivate static let deleteProjectPolicy = structure([
        .required("ProjectArn", projectARN), .required("PolicyName", policyName),
        .optional("PolicyRevisionId", policyRevisionID),
    ])
    fileprivate static let startProjectVersion = structure([
        .required("ProjectVersionArn", projectVersionARN), .required("MinInferenceUnits", inferenceUnits),
        .optional("MaxInferenceUnits", inferenceUnits),
    ])
    fileprivate static let detectCustomLabels = structure([
        .required("ProjectVersionArn", projectVersionARN), .required("Image", image),
        .optional("MaxResults", integer(0...Int.max)), .optional("MinConfidence", percent),
    ])
}
