internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato plan`: the trials of an experiment, before anything is done.
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Lists the trials of an experiment and which are finished; writes nothing.")

    @OptionGroup var arguments: ExperimentArguments
    @Flag(help: "Print the plan as JSON.") var json = false

    func run() throws {
        let experiment = try arguments.load()
        let (plan, finished) = try Runner(experiment, workspace: arguments.workspace).plan()
        let lines = plan.entries.map { trial in
            PlanLine(trial, experiment: experiment, isFinished: finished.contains(trial.id))
        }
        try Output.print(json ? JSONValue.list(lines.map(\.json)).text(pretty: true) : PlanLine.table(lines))
        Talk.say(
            "\(plan.images.count) images; \(lines.count { $0.isFinished }) of \(lines.count) trials are finished")
    }
}

/// One trial of a plan, to be printed.
private struct PlanLine {
    let id: Digest
    let adapter: String
    let split: String
    let repetition: Int
    let training: Int
    let test: Int
    let isFinished: Bool

    init(_ trial: Trial, experiment: Experiment, isFinished: Bool) {
        id = trial.id
        adapter = experiment.adapters[trial.adapter].name
        split = experiment.settings[trial.setting].split.name
        repetition = trial.repetition
        training = trial.split.training.values.count
        test = trial.split.test.values.count
        self.isFinished = isFinished
    }

    var json: JSONValue {
        .object([
            "trial": .text(id.description), "adapter": .text(adapter), "split": .text(split),
            "repetition": .integer(repetition), "training_images": .integer(training),
            "test_images": .integer(test), "finished": .boolean(isFinished),
        ])
    }

    static func table(_ lines: [PlanLine]) -> String {
        let header = ["trial", "adapter", "split", "repetition", "training", "test", "state"]
        let rows = lines.map { line in
            [
                line.id.short, line.adapter, line.split, String(line.repetition), String(line.training),
                String(line.test), line.isFinished ? "finished" : "to do",
            ]
        }
        return TextTable.text(header, rows)
    }
}
