internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato import`: a folder of label folders becomes a dataset.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Makes a dataset of a folder of labelled images.",
        discussion: """
            The folder holds one folder for each label (Alcohol/, Violence/Weapons/) and Safe/ for images without any; \
            PNG, JPEG and WebP files count. dataset.yaml and manifest.jsonl are written into it.
            """)

    @Argument(help: "The folder.") var folder: String
    @Option(help: "The dataset's name; by default the folder's, with `-` for what names may not have.") var name:
        String?
    @Option(help: "The taxonomy that the folders are named after.") var taxonomy = Taxonomy.version6_1.version
    @Flag(help: "Replace a dataset.yaml and a manifest.jsonl that are there already.") var force = false

    func validate() throws {
        if let name, !DatasetImport.isName(name) {
            throw ValidationError("--name is made of letters, digits, `.`, `_` and `-`, given `\(name)`")
        }
    }

    func run() throws {
        let folder = URL(filePath: folder).standardizedFileURL
        let taxonomy = try Taxonomy.named(taxonomy)
        let made = try DatasetImport(folder: folder, taxonomy: taxonomy)
        try made.write(
            name: name ?? DatasetImport.name(for: folder), folder: folder, taxonomy: taxonomy, replacing: force)
        for file in made.passedOver { Talk.say("warning: \(file.path): \(file.reason)") }
        Talk.say(
            "\(made.manifest.records.count) images; name \(folder.path)/manifest.jsonl as `dataset` in an experiment")
    }
}
