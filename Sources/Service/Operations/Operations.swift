internal import Foundation
internal import Harness
internal import Logging

/// What the service does: one flat table.
struct Operations: Sendable {
    private let detections: Detections
    private let projects: Projects
    private let tags: Tags
    private let trainings: Trainings
    private let jobs: MediaAnalysisJobs

    /// Opens the base model, and goes on with the trainings and jobs that an earlier server left.
    init(_ options: ServiceOptions, accounts: Accounts, logger: Logger) throws {
        let models = try ServedModels(options)
        projects = Projects()
        tags = Tags()
        detections = Detections(models: models)
        trainings = try Trainings(options, accounts: accounts.all, logger: logger)
        jobs = try MediaAnalysisJobs(options, models: models, accounts: accounts.all, logger: logger)
    }

    /// The answer to `operation` of `account`; blocks.
    func answer(_ operation: Operation, _ input: Input, _ account: Account) throws -> any Output {
        switch operation {
        case .detectModerationLabels: try detections.detect(input, account)
        case .createProject: try projects.create(input, account)
        case .describeProjects: try projects.describe(input, account)
        case .deleteProject: try projects.delete(input, account)
        case .createProjectVersion: try trainings.create(input, account)
        case .describeProjectVersions: try trainings.describe(input, account)
        case .deleteProjectVersion: try trainings.delete(input, account)
        case .startMediaAnalysisJob: try jobs.start(input, account)
        case .getMediaAnalysisJob: try jobs.get(input, account)
        case .listMediaAnalysisJobs: try jobs.list(input, account)
        case .tagResource: try tags.tag(input, account)
        case .untagResource: try tags.untag(input, account)
        case .listTagsForResource: try tags.list(input, account)
        case .createDataset, .describeDataset, .updateDatasetEntries, .listDatasetEntries, .listDatasetLabels,
            .distributeDatasetEntries, .deleteDataset, .copyProjectVersion, .putProjectPolicy, .listProjectPolicies,
            .deleteProjectPolicy, .startProjectVersion, .stopProjectVersion, .detectCustomLabels:
            try CustomLabels.refuse(operation, input, account)
        }
    }
}
