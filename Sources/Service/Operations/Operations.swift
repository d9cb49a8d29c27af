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

    /// What runs in the background, and what waits to.
    var backgroundLoads: [WorkerPool.Load] {
        [("training", trainings.load), ("bulk", jobs.load)].map { name, load in
            WorkerPool.Load(name: name, working: load.working, waiting: load.waiting)
        }
    }

    /// Lets what runs in the background come to its end within `seconds`, then asks it to stop; answers once it has.
    func stop(within seconds: Double) {
        let deadline = Date(timeIntervalSinceNow: seconds)
        trainings.stop(within: seconds)
        jobs.stop(within: max(0, deadline.timeIntervalSinceNow))
    }

    /// The answer to `operation` of `account`, or what must be read for it; blocks.
    func answer(_ operation: Operation, _ input: Input, _ account: Account) throws -> Step<any Output> {
        switch operation {
        case .detectModerationLabels: try detections.detect(input, account)
        case .createProject: .done(try projects.create(input, account))
        case .describeProjects: .done(try projects.describe(input, account))
        case .deleteProject: .done(try projects.delete(input, account))
        case .createProjectVersion: .done(try trainings.create(input, account))
        case .describeProjectVersions: .done(try trainings.describe(input, account))
        case .deleteProjectVersion: .done(try trainings.delete(input, account))
        case .startMediaAnalysisJob: .done(try jobs.start(input, account))
        case .getMediaAnalysisJob: .done(try jobs.get(input, account))
        case .listMediaAnalysisJobs: .done(try jobs.list(input, account))
        case .tagResource: .done(try tags.tag(input, account))
        case .untagResource: .done(try tags.untag(input, account))
        case .listTagsForResource: .done(try tags.list(input, account))
        case .createDataset, .describeDataset, .updateDatasetEntries, .listDatasetEntries, .listDatasetLabels,
            .distributeDatasetEntries, .deleteDataset, .copyProjectVersion, .putProjectPolicy, .listProjectPolicies,
            .deleteProjectPolicy, .startProjectVersion, .stopProjectVersion, .detectCustomLabels:
            .done(try CustomLabels.refuse(operation, input, account))
        }
    }
}
