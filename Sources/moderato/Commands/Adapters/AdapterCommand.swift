internal import ArgumentParser
internal import Harness

/// `moderato adapter`: the adapters of projects.
struct AdapterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adapter", abstract: "Makes, lists, shows and deletes the adapters of projects.",
        discussion: """
            An adapter is a finished trial under a name, with all that it needs to be used and trained again. A name that \
            is there already gets a further version. PROJECT/NAME means its newest version in use, PROJECT/NAME/NUMBER one \
            of them.
            """,
        subcommands: [
            AdapterCreateCommand.self, AdapterListCommand.self, AdapterShowCommand.self, AdapterDeleteCommand.self,
        ])
}

/// The project's folders, for verbs about adapters.
struct RootArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The project's root folder; by default the one around here.", valueName: "folder"))
    var root: String?

    var workspace: Workspace { Workspace.named(root) }
    var registry: AdapterRegistry { AdapterRegistry(workspace: workspace) }
}
