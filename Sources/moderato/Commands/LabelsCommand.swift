internal import ArgumentParser
internal import Moderation

/// `moderato labels`: the labels of a taxonomy, as experiments and manifests write them.
struct LabelsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "labels", abstract: "Prints the labels of a taxonomy, one path a line.")

    @Option(help: "The taxonomy's version: \(Taxonomy.all.map(\.version).joined(separator: " or ")).")
    var taxonomy = Taxonomy.version6_1.version

    func run() throws {
        try Output.print(Taxonomy.named(taxonomy).labels.map(\.description).joined(separator: "\n"))
    }
}

extension Taxonomy {
    /// The taxonomy of `version`, or an error that names the known ones.
    static func named(_ version: String) throws -> Taxonomy {
        guard let taxonomy = Taxonomy(version: version) else {
            throw ValidationError("there is no taxonomy `\(version)`; known are \(Names.list(all.map(\.version)))")
        }
        return taxonomy
    }
}
