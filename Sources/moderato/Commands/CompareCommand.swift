internal import Adapters
internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation
internal import Reporting

/// `moderato compare`: adapters against one another.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Holds adapters against one another on the same test images; trains and writes nothing.",
        discussion: """
            A subject is an experiment file (Experiments/alcohol.yaml), a split or an adapter in it \
            (Experiments/alcohol.yaml/ridge), an adapter of a project (PROJECT/NAME or PROJECT/NAME/NUMBER), or the \
            first digits of a trial's id. Only what was tested on the same images, \
            with the same truth and threshold, is compared; the rest is named with the reason.
            """)

    @Argument(help: "What to compare.") var subjects: [String] = []
    @Option(
        help: ArgumentHelp(
            "Compare the finished adapters of all experiments of this project, and those kept for it.",
            valueName: "name"))
    var project: String?
    @Option(
        name: .customLong("label"), parsing: .singleValue,
        help: ArgumentHelp("A label to compare for, by its path; may be given again.", valueName: "label"))
    var labels: [String] = []
    @Option(help: ArgumentHelp("The only split of experiments to compare in.", valueName: "name")) var split: String?
    @Option(
        help: ArgumentHelp(
            "What to rank by, in the words of an experiment file; by default what the first adapter was trained for.",
            valueName: "objective"))
    var objective: String?
    @Option(help: "How to print it.") var format: Format = .table
    @Flag(help: "Print it as JSON, like --format json.") var json = false
    @Option(help: ArgumentHelp("The project's root folder; by default the one around here.", valueName: "folder"))
    var root: String?
    @OptionGroup var kernels: KernelArguments

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case table, json, markdown
    }

    func validate() throws {
        if subjects.isEmpty && project == nil {
            throw ValidationError("name what to compare: experiment files or trials, or a project with `--project`")
        }
        if json && format == .markdown { throw ValidationError("`--json` and `--format markdown` exclude each other") }
    }

    func run() throws {
        kernels.choose()
        let chosen = try objective.map { try Objective(text: $0, source: "--objective") }
        let reader = SubjectReader(workspace: workspace, split: split) { event in
            if case .note(let text) = event { Talk.say(text) }
        }
        let named = try reader.read(subjects)
        let ofProject = try project.map { try reader.read(project: $0) }
        let results = try ComparedResults(
            named.adapters + (ofProject?.adapters ?? []), notes: named.notes + (ofProject?.notes ?? []),
            objective: chosen, labels: labels, times: TrainingTimes(of: workspace))
        try print(try results.input())
    }

    private func print(_ input: ModelReportInput) throws {
        switch json ? .json : format {
        case .table: try Output.write(Data(Report.terminal(input, styled: Talk.usesColor).utf8))
        case .json: try Output.write(Data(Report.json(input).utf8))
        case .markdown: try Output.write(Data(Report.markdown(input).utf8))
        }
    }

    /// The project's folders: those around the first subject that is a file, or around here.
    private var workspace: Workspace {
        let files = subjects.lazy.compactMap { SubjectReader.experiment($0)?.file }
        guard root == nil, let file = files.first else { return .named(root) }
        return Workspace(containing: file)
    }
}
