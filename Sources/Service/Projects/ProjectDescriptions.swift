internal import Foundation
internal import Harness

/// What CreateProject answers.
struct CreatedProject: Output {
    let projectArn: String
}

/// What DeleteProject and DeleteProjectVersion answer.
struct DeletionStatus: Output {
    let status = "DELETING"
}

/// What DescribeProjects answers.
struct ProjectDescriptions: Output {
    let projectDescriptions: [Project]
    let nextToken: String?

    struct Project: Encodable, Sendable {
        let projectArn: String
        let creationTimestamp: Date
        let status = "CREATED"
        /// Adapters are trained from manifests: no project has any.
        let datasets: [String] = []
        let feature = Feature.contentModeration.rawValue
        let autoUpdate: String

        init(_ project: ServedProject) {
            projectArn = project.arn
            creationTimestamp = Milliseconds.date(project.record.createdMilliseconds)
            autoUpdate = ProjectDescriptions.autoUpdate(project.updatesAutomatically)
        }
    }

    static func autoUpdate(_ isOn: Bool) -> String { isOn ? "ENABLED" : "DISABLED" }
}
