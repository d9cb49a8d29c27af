internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import Harness
internal import LinearAlgebra
internal import Moderation

/// `moderato-bench trials`: the divisions, choices and heads of an experiment, for a comparison with other libraries.
struct TrialsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trials", abstract: "Prints the finished trials of an experiment, one JSON object a line.",
        discussion: "First a line with the images, whose order the arrays of all trials follow.")

    @Argument(help: "The experiment file.") var experiment: String
    @Option(help: "The project's root folder.") var root: String

    func run() throws {
        let workspace = Workspace(root: URL(filePath: root))
        let experiment = try Experiment(file: URL(filePath: experiment), workspace: workspace)
        let outcome = try Runner(experiment, workspace: workspace).finished()
        print(JSONValue.object(["images": .list(outcome.plan.images.map { .text($0.digest.description) })]).text())
        for trial in outcome.plan.trials {
            guard let record = outcome.records[trial.id] else { continue }
            print(record.json(adapter: experiment.adapters[trial.adapter].name).text())
        }
    }
}

extension TrialRecord {
    fileprivate func json(adapter: String) -> JSONValue {
        .object([
            "adapter": .text(adapter), "repetition": .integer(repetition),
            "groups": .list(images.map { .text($0.group) }),
            "parts": .list(parts.map { .integer(Int($0.rawValue)) }),
            "labels": .list(labels.map(\.json)),
        ])
    }
}

extension LabelResult {
    fileprivate var json: JSONValue {
        let chosen = chosen.map { ($0.name, JSONValue.number($0.value)) }
        let head = head.map { ($0.name, JSONValue.list($0.values.storage.map { .number(Double($0)) })) }
        return .object([
            "label": .text(label.description), "truth": .list(truth.map { .integer(Int($0.rawValue)) }),
            "base_scores": .list(baseScores.map { .number(Double($0)) }),
            "chosen": .object(Dictionary(uniqueKeysWithValues: chosen)),
            "head": .object(Dictionary(uniqueKeysWithValues: head)),
        ])
    }
}
