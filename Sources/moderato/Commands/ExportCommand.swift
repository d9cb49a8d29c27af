internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato export`: a dataset as a Rekognition training manifest.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Prints a dataset as an Amazon Rekognition training manifest.",
        discussion: """
            Only top-level labels are written, as the product reads no others. Images in which a label of --labels is \
            unknown are left out, since that manifest cannot say so.
            """)

    @Argument(help: "The dataset's folder, with its dataset.yaml.") var folder: String
    @Option(help: "What stands before each path.") var prefix = "s3://bucket/"
    @Option(parsing: .upToNextOption, help: "The labels that must be known of every image.") var labels: [String] = []

    func run() throws {
        let dataset = try DatasetFile(folder: URL(filePath: folder).standardizedFileURL).dataset
        let known = try dataset.taxonomy.labels(named: labels)
        let lines = Manifest(records: dataset.records).rekognitionJSONLines(prefix: prefix, labels: known)
        try Output.write(lines)
    }
}
