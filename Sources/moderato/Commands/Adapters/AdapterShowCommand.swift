internal import Adapters
internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato adapter show`: all that is known of one version.
struct AdapterShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Shows what is known of an adapter, and what it did on its test images.")

    @Argument(help: "The adapter: PROJECT/NAME, PROJECT/NAME/NUMBER or its ARN.") var id: String
    @OptionGroup var root: RootArguments
    @Flag(help: "Print what is known of it as JSON.") var json = false

    func run() throws {
        let registry = root.registry
        let version = try registry.find(named: id)
        if json { return try Output.print(version.json(pretty: true)) }
        let evaluation = try registry.evaluation(of: version)
        try Output.print(
            AdapterText(version, evaluation, folder: root.workspace.path(of: registry.folder(of: version))).text)
    }
}

/// An adapter version, to be printed.
private struct AdapterText {
    private let version: AdapterVersion
    private let evaluation: EvaluationResults
    private let folder: String

    init(_ version: AdapterVersion, _ evaluation: EvaluationResults, folder: String) {
        self.version = version
        self.evaluation = evaluation
        self.folder = folder
    }

    var text: String {
        let width = facts.map(\.name.count).max() ?? 0
        let lines = facts.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value
        }
        return (lines + ["", counts]).joined(separator: "\n")
    }

    private var facts: [(name: String, value: String)] {
        let recipe = version.request.recipe.hyperparameters.map { values in
            "\(values.name) \(values.values.map { $0.formatted(.number.grouping(.never)) }.joined(separator: ", "))"
        }
        let seconds = version.trial.trainingSeconds.map { String(format: ", trained in %.2f s", $0) } ?? ""
        return [
            ("adapter", version.id), ("status", version.status.rawValue),
            ("description", version.description ?? "—"), ("arn", version.arn),
            ("created", version.created.formatted(.iso8601)),
            ("trial", "\(version.trial.id.short), repetition \(version.trial.repetition)\(seconds)"),
            ("recipe", ([version.kind] + recipe).joined(separator: "; ")),
            ("embedding", version.request.embedding.map { "\($0.name) (\($0.digest.short))" } ?? "plain"),
            ("labels", version.request.labels.map(\.description).joined(separator: ", ")),
            ("threshold", "\(version.request.threshold.formatted())%"),
            ("base model", "\(version.baseModel.name) (\(version.baseModel.digest.short)), \(version.baseModel.file)"),
            ("taxonomy", version.baseModel.taxonomy),
            (
                "images",
                "\(version.images.training) trained on, \(version.images.test) tested on, "
                    + "of \(version.images.datasets.joined(separator: ", "))"
            ),
            ("folder", folder),
        ] + predecessor
    }

    private var predecessor: [(name: String, value: String)] {
        version.updatedFrom.map { predecessor in
            let id = "\(version.project)/\(version.name)/\(predecessor.number)"
            return [("updated from", "\(id), on \(predecessor.baseModel)")]
        } ?? []
    }

    private var counts: String {
        let rows = evaluation.contentModeration.atInputThreshold.labels.flatMap { label in
            [("base model", label.baseModel), ("adapter", label.adapter)].map { model, counts in
                [label.label, model]
                    + [counts.truePositive, counts.trueNegative, counts.falsePositive, counts.falseNegative].map {
                        "\($0)"
                    }
                    + [counts.f1Score.map { String(format: "%.3f", $0) } ?? "—"]
            }
        }
        return TextTable.text(
            ["label", "scored by", "TP", "TN", "FP", "FN", "F1"], rows, rightAligned: [2, 3, 4, 5, 6])
    }
}
