internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// `moderato explain`: why a trial is not another.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says which input of a trial differs from those of the nearest finished trial.",
        discussion: "A trial is missing or stale for one of these reasons; the report and `moderato plan` list trials.")

    @Argument(help: "The first digits of the trial's id, at least 4.") var trial: String
    @Option(
        name: .customLong("experiment"), parsing: .upToNextOption,
        help: "The experiment files that may ask for it; by default those in the project's folder Experiments.")
    var experiments: [String] = []
    @OptionGroup var kernels: KernelArguments
    @Option(help: ArgumentHelp("The project's root folder; by default the one around here.", valueName: "folder"))
    var root: String?
    @Flag(help: "Print the explanation as JSON.") var json = false

    func run() throws {
        kernels.choose()
        let files = experiments.map { URL(filePath: $0) }
        let workspace = root == nil ? files.first.map(Workspace.init(containing:)) ?? .named(nil) : .named(root)
        let explainer = TrialExplainer(workspace: workspace, files: files) { event in
            if case .note(let text) = event { Talk.say(text) }
        }
        let text = ExplanationText(try explainer.explain(trial))
        try Output.print(json ? text.json.text(pretty: true) : text.plain)
    }
}

/// An explanation, to be printed.
private struct ExplanationText {
    private let explanation: TrialExplanation

    init(_ explanation: TrialExplanation) {
        self.explanation = explanation
    }

    var plain: String {
        let uses = explanation.experiments.map { "  \($0.adapter) of \($0.file)" }
        return
            (["trial \(explanation.id.short): \(state)"]
            + (uses.isEmpty ? ["  no experiment asks for it"] : unique(uses)) + difference).joined(separator: "\n")
    }

    private var state: String {
        if explanation.isFinished { return "finished" }
        return explanation.failure.map { "failed: \($0)" } ?? "missing"
    }

    private var difference: [String] {
        guard let nearest = explanation.nearest else { return ["no other trial is finished"] }
        let changes = explanation.changes.map { change in
            [change.name, shortened(change.before) + " -> " + shortened(change.now)]
        }
        let table = TextTable.text(["input", "there -> here"], changes).split(separator: "\n").map { "  \($0)" }
        return ["nearest finished trial: \(nearest.short)"] + table + images
    }

    private var images: [String] {
        imageChanges.filter { !$0.paths.isEmpty }.map { name, paths in
            let shown = paths.prefix(3).joined(separator: ", ")
            return "  \(paths.count) images \(name): \(shown)" + (paths.count > 3 ? ", …" : "")
        }
    }

    private var imageChanges: [(name: String, paths: [String])] {
        guard let images = explanation.images else { return [] }
        return [
            ("added", images.added), ("removed", images.removed), ("with other bytes", images.replaced),
            ("annotated otherwise", images.annotated), ("in another group", images.regrouped),
        ]
    }

    var json: JSONValue {
        .object([
            "trial": .text(explanation.id.description), "finished": .boolean(explanation.isFinished),
            "failure": explanation.failure.map(JSONValue.text) ?? .null,
            "experiments": .list(
                explanation.experiments.map { .object(["file": .text($0.file), "adapter": .text($0.adapter)]) }),
            "nearest": explanation.nearest.map { .text($0.description) } ?? .null,
            "changes": .list(
                explanation.changes.map { change in
                    .object([
                        "input": .text(change.name), "there": change.before.map(JSONValue.text) ?? .null,
                        "here": change.now.map(JSONValue.text) ?? .null,
                    ])
                }),
            "images": .object(
                Dictionary(
                    uniqueKeysWithValues: imageChanges.map { ($0.name, .list($0.paths.map(JSONValue.text))) })),
        ])
    }

    /// A digest by its first digits, an absent value as a dash.
    private func shortened(_ value: String?) -> String {
        guard let value else { return "—" }
        return Digest(hexadecimal: value)?.short ?? value
    }

    private func unique(_ lines: [String]) -> [String] {
        lines.enumerated().filter { index, line in !lines[..<index].contains(line) }.map(\.element)
    }
}
