internal import Harness

/// A project of an account, as the service shows it.
struct ServedProject: Sendable {
    let name: String
    let record: ProjectRecord
    let workspace: Workspace

    var arn: String {
        ProjectArn(account: workspace.account, project: name, createdMilliseconds: record.createdMilliseconds)
            .description
    }

    /// Whether its adapters are to be moved to a new base model: what its `project.yaml` says, where it has one.
    var updatesAutomatically: Bool {
        (try? ProjectSettings(of: name, workspace: workspace))?.updatesAutomatically ?? record.updatesAutomatically
    }

    /// Where it stands in a list, latest first.
    var place: PagePlace { PagePlace(milliseconds: record.createdMilliseconds, name: name) }
}
