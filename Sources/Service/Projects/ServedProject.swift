internal import Foundation
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

/// Times in milliseconds since 1970.
enum Milliseconds {
    static var now: Int { of(.now) }

    static func of(_ date: Date) -> Int { Int((date.timeIntervalSince1970 * 1000).rounded(.down)) }

    static func date(_ milliseconds: Int) -> Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
