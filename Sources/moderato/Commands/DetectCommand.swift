internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato detect`: what is seen in images, as Rekognition would answer.
struct DetectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "detect", abstract: "Prints the moderation labels of images.",
        discussion: """
            One image gives the response of Rekognition's DetectModerationLabels; several give one line each, in the form \
            of a bulk-analysis manifest, and images that cannot be read do not stop the others. Labels that an adapter \
            was trained for have its scores, all others the base model's, unchanged.
            """)

    @Argument(help: "The images: PNG, JPEG or WebP.") var images: [String]
    @Option(
        help: """
            An adapter of a project (PROJECT/NAME, PROJECT/NAME/NUMBER or its ARN), or a finished trial by its first digits.
            """)
    var adapter: String?
    @Option(help: "The lowest confidence in percent that is printed.") var minConfidence = 50.0
    @Option(
        help: ArgumentHelp(
            "The base model: a name in Experiments/base-models, or a .yaml file.",
            discussion: "By default the one of the adapter of a project, or else imagenet-moderation."))
    var baseModel: String?
    @Option(help: ArgumentHelp("The project's root folder; by default the one around here.", valueName: "folder"))
    var root: String?

    func validate() throws {
        guard (0...100).contains(minConfidence) else {
            throw ValidationError("--min-confidence is a number from 0 to 100, given \(minConfidence)")
        }
    }

    func run() throws {
        let workspace = Workspace.named(root)
        let detector = try detector(in: workspace)
        var failures = 0
        for path in images {
            do {
                let detection = try detector.detect(URL(filePath: path), minimumConfidence: minConfidence)
                try Output.print(
                    images.count == 1
                        ? detection.json(pretty: true) : DetectionLine(source: path, detection: detection).json())
            } catch let error as RunError {
                // One bad image does not keep the others from being seen.
                Talk.say("error: \(error)")
                failures += 1
            }
        }
        if failures > 0 { throw ExitCode(ExitStatus.failure.rawValue) }
    }

    private func detector(in workspace: Workspace) throws -> Detector {
        if let adapter, AdapterID.isOne(adapter) { return try self.detector(of: adapter, in: workspace) }
        let trial = try adapter.map { try TrialFinder.trial($0, in: workspace) }
        let baseModel = try workspace.readBaseModel(baseModel ?? "imagenet-moderation")
        return try Detector(baseModel: baseModel, workspace: workspace, trial: trial)
    }

    private func detector(of adapter: String, in workspace: Workspace) throws -> Detector {
        let registry = AdapterRegistry(workspace: workspace)
        let version = try registry.find(named: adapter)
        if version.status == .deprecated {
            Talk.say(
                "warning: adapter `\(version.id)` is deprecated; `moderato adapter list \(version.project)` shows others"
            )
        }
        let model =
            try baseModel.map(workspace.readBaseModel) ?? BaseModelFile.read(registry.baseModelFile(of: version))
        return try Detector(baseModel: model, workspace: workspace, adapter: version)
    }
}

/// A line of a bulk-analysis manifest, as Rekognition writes it.
private struct DetectionLine: Encodable {
    let source: String
    let detection: Detection

    private enum CodingKeys: String, CodingKey {
        case source = "source-ref"
        case detection = "detect-moderation-labels"
    }
}
