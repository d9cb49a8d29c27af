internal import ArgumentParser
internal import Harness

/// `moderato schema`: JSON Schemas for editors.
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Prints the JSON Schema of a kind of file, for editors.")

    /// The kinds of file that have a schema.
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case experiment
        case baseModel = "base-model"
        case dataset
        case launcher
        case project
        case credentials
    }

    @Argument(help: "The kind of file: \(Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind = Kind.experiment

    func run() throws {
        let (shape, title) =
            switch kind {
            case .experiment: (Experiment.shape, "Moderato experiment")
            case .baseModel: (BaseModelFile.shape, "Moderato base model")
            case .dataset: (DatasetFile.shape, "Moderato dataset")
            case .launcher: (LauncherFile.shape, "Moderato launcher")
            case .project: (ProjectSettings.shape, "Moderato project")
            case .credentials: (CredentialsFile.shape, "Moderato credentials")
            }
        try Output.print(JSONSchema.document(of: shape, title: title).text(pretty: true))
    }
}
