internal import ArgumentParser
internal import BaseModel
internal import Foundation
internal import Harness
internal import Moderation
internal import Store

/// `moderato lint`: what makes a dataset unfit to judge adapters by.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Looks for copies, leaks, shortcuts and wrong labels in a dataset.",
        discussion: """
            Every class of findings is counted, with a few examples; --json gives all of them. Finding something is no \
            failure, unless --strict asks for it.
            """)

    @Argument(help: "The dataset: a name in Datasets, a folder with dataset.yaml, or a .jsonl manifest.")
    var dataset: String
    @Option(help: "The base model: a name in Experiments/base-models, or a .yaml file.")
    var baseModel = "imagenet-moderation"
    @Option(parsing: .upToNextOption, help: "The labels asked about; by default all that are present somewhere.")
    var labels: [String] = []
    @Option(
        help: ArgumentHelp(
            "Write the manifest with the groups of copies and near duplicates joined.",
            discussion: "Image paths start from a manifest's folder, so it must lie beside the dataset's own.",
            valueName: "file"))
    var writeGroups: String?
    @Option(help: "Examples of each class that are printed.") var examples = 5
    @Flag(help: "Print all findings as JSON.") var json = false
    @Flag(help: "Exit with 1 where there is something to mend.") var strict = false
    @Flag(help: "Say nothing but findings.") var quiet = false
    @Option(help: ArgumentHelp("The project's root folder; by default the one around here.", valueName: "folder"))
    var root: String?

    func validate() throws {
        if examples < 0 { throw ValidationError("--examples is at least 0, given \(examples)") }
    }

    func run() throws { try Interrupts.stopping(run) }

    private func run(_ cancellation: Cancellation) throws {
        let workspace = Workspace.named(root)
        let description = try workspace.readBaseModel(baseModel)
        let file = try workspace.readDataset(dataset, taxonomy: description.taxonomy)
        try check(file.dataset.taxonomy, against: description.taxonomy)
        let target = try groupsFile(beside: file)
        let labels = try file.dataset.taxonomy.labels(named: labels)
        let line = ProgressLine(isQuiet: quiet)
        let report = try Linter(
            file, baseModel: description, labels: labels, workspace: workspace, cancellation: cancellation,
            report: line.show
        ).lint()
        if let target { try write(report.grouped, to: target) }
        try Output.print(json ? LintText.json(report) : LintText.plain(report, examples: examples))
        if strict, !report.problems.isEmpty { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    /// Writes the manifest of joined groups; a file that says something else is not replaced.
    private func write(_ manifest: Manifest, to target: URL) throws {
        let lines = manifest.jsonLines()
        if let there = FileManager.default.contents(atPath: target.path), there != lines {
            throw RunError.alreadyThere(path: target.path, hint: "name a file that is not there yet")
        }
        try AtomicFile.write(lines, to: target)
        let groups = Set(manifest.records.map(\.group)).count
        if !quiet { Talk.say("\(TextFile.name(of: target)): \(manifest.records.count) images in \(groups) groups\n") }
    }

    private func check(_ labels: Taxonomy, against baseModel: Taxonomy) throws(Findings) {
        guard labels != baseModel else { return }
        let message =
            "dataset `\(dataset)` has labels of taxonomy \(labels.version), the base model of \(baseModel.version)"
        throw Findings([Finding(message, hint: "`--base-model` names another model")])
    }

    /// Where the joined groups go: image paths start from a manifest's folder, so no other will do.
    private func groupsFile(beside dataset: DatasetFile) throws -> URL? {
        guard let writeGroups else { return nil }
        let file = URL(filePath: writeGroups).standardizedFileURL
        let own = dataset.manifest.standardizedFileURL
        let folders = [file, own].map { $0.deletingLastPathComponent().resolvingSymlinksInPath() }
        guard folders[0] == folders[1], file.lastPathComponent != own.lastPathComponent, file.pathExtension == "jsonl"
        else {
            throw ValidationError(
                "--write-groups is a new .jsonl file beside \(TextFile.name(of: own)), given `\(writeGroups)`")
        }
        return file
    }
}

/// A lint report as text.
enum LintText {
    /// Class after class: how much of it, and the first `examples`.
    static func plain(_ report: LintReport, examples: Int) -> String {
        let sections = LintFinding.Kind.allCases.map { kind in section(report.findings(kind), of: kind, examples) }
        let problems = report.problems.count
        let summary =
            "\(report.dataset): \(report.imageCount) images, \(problems) finding\(problems == 1 ? "" : "s") to look at"
        return (sections + report.notes.map { "note: \($0)" } + [summary]).joined(separator: "\n")
    }

    private static func section(_ findings: [LintFinding], of kind: LintFinding.Kind, _ examples: Int) -> String {
        let problems = findings.filter { !$0.isHarmless }
        let harmless = findings.count - problems.count
        let rest = problems.count > examples ? ["  and \(problems.count - examples) more"] : []
        let head = "\(kind.rawValue): \(problems.count)" + (harmless > 0 ? ", and \(harmless) harmless" : "")
        return ([head] + problems.prefix(examples).map { "  \($0.message)" } + rest).joined(separator: "\n")
    }

    /// Every finding, with its numbers.
    static func json(_ report: LintReport) -> String {
        let findings = report.findings.map { finding in
            JSONValue.object(
                finding.values.merging([
                    "class": .text(finding.kind.rawValue), "message": .text(finding.message),
                    "images": .list(finding.images.map(JSONValue.text)), "harmless": .boolean(finding.isHarmless),
                ]) { own, _ in own })
        }
        return JSONValue.object([
            "dataset": .text(report.dataset), "images": .integer(report.imageCount), "findings": .list(findings),
            "notes": .list(report.notes.map(JSONValue.text)),
        ]).text(pretty: true)
    }
}
