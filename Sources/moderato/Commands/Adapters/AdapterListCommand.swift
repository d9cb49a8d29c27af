internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato adapter list`: the versions of a project's adapters.
struct AdapterListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists the adapters of a project, or of all projects.")

    @Argument(help: "The project; by default all.") var project: String?
    @OptionGroup var root: RootArguments
    @Flag(help: "Print what is known of them as JSON.") var json = false

    func run() throws {
        let listing = try root.registry.list(project)
        for damage in listing.damaged { Talk.say("error: \(damage)") }
        if json {
            try Output.print(listing.versions.json(pretty: true))
        } else if !listing.versions.isEmpty {
            try Output.print(AdapterTable.text(listing.versions))
        } else if listing.damaged.isEmpty {
            Talk.say(emptiness)
        }
        if !listing.damaged.isEmpty { throw ExitCode(ExitStatus.failure.rawValue) }
    }

    private var emptiness: String {
        let others = root.registry.projects().map { "`\($0)`" }.joined(separator: ", ")
        let hint = "\n  hint: `moderato adapter create \(project ?? "PROJECT") NAME --from TRIAL` makes one"
        guard let project else { return "no project has an adapter" + hint }
        return "project `\(project)` has no adapter" + (others.isEmpty ? "" : "; there are some in \(others)") + hint
    }
}

/// Adapter versions, a line each.
private enum AdapterTable {
    static func text(_ versions: [AdapterVersion]) -> String {
        TextTable.text(
            ["adapter", "status", "kind", "labels", "trained on", "tested on", "base model", "created", "description"],
            versions.map { version in
                [
                    version.id, version.status.rawValue, version.kind,
                    version.request.labels.map(\.description).joined(separator: ", "), "\(version.images.training)",
                    "\(version.images.test)", version.baseModel.name, version.created.formatted(.iso8601),
                    version.description ?? "",
                ]
            }, rightAligned: [4, 5])
    }
}
