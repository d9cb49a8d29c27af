internal import ArgumentParser
internal import BaseModel
internal import Foundation
internal import Harness
internal import Moderation
internal import Reporting
internal import Store

/// The report of an experiment in its folder, and a note of what it was made from: where nothing of that has changed, the
/// report stands as it is, and a run with nothing to do need not read a single record.
struct Publication {
    private let experiment: Experiment
    private let workspace: Workspace
    private let folder: URL
    private let noteFile: URL

    /// What was published.
    private struct Note: Codable {
        /// Identity of all that the report was made from.
        let origin: Digest
        /// The digest of each file of the report, by name.
        let files: [String: Digest]
        /// The comparison as it was printed, without colour and with it.
        let table: String
        let styledTable: String
        /// How many trials it tells of.
        let trials: Int
        /// The experiment file, by its path from the project's root.
        let experiment: String
    }

    init(_ experiment: Experiment, workspace: Workspace) {
        self.experiment = experiment
        self.workspace = workspace
        folder = workspace.results(project: experiment.project, experiment: experiment.name)
        noteFile = workspace.published(project: experiment.project, experiment: experiment.name)
    }

    /// Whether the report of exactly the trials of `plan` stands in its folder, all of them being finished.
    func isCurrent(_ plan: Plan) -> Bool {
        guard let note, note.origin == origin(of: plan) else { return false }
        return note.files.allSatisfy { isAsPublished($0, $1) }
    }

    /// Prints what was published before.
    func show(_ output: OutputArguments) throws {
        guard let note else { throw StoreError.missing(path: noteFile.path) }
        if output.json {
            try Output.write(try Data(contentsOf: folder.appending(path: RenderedReport.jsonFile)))
        } else {
            try Output.print(Talk.usesColor ? note.styledTable : note.table)
        }
        say(Results.summary(of: note.trials, trained: 0, finished: note.trials), output)
    }

    /// Writes the files of `results`, prints the comparison and says where the report lies.
    ///
    /// - Throws: `ExitCode` 3 after all that, where trials failed.
    func publish(_ results: Results, _ output: OutputArguments) throws {
        let report = try results.rendered()
        warnOfNamesake()
        // What a publication that was killed left half written.
        for place in [folder, noteFile.deletingLastPathComponent()] { try AtomicFile.sweep(place) }
        try removeOutdated(besides: report)
        for (name, text) in report.files { try write(text, to: folder.appending(path: name)) }
        if results.isComplete { keepNote(of: report, results) }
        if output.json {
            try Output.write(Data(report.json.utf8))
        } else {
            try Output.print(Talk.usesColor ? report.styledTable : report.table)
        }
        say(results.summary, output)
        if results.hasFailures { throw ExitCode(ExitStatus.trialsFailed.rawValue) }
    }

    /// Whether the file `name` of the report has the bytes that were published.
    private func isAsPublished(_ name: String, _ digest: Digest) -> Bool {
        FileManager.default.contents(atPath: folder.appending(path: name).path).map(Digest.init(of:)) == digest
    }

    private func say(_ summary: String, _ output: OutputArguments) {
        guard !output.quiet else { return }
        let page = TextFile.name(of: folder.appending(path: RenderedReport.pageFile))
        Talk.say("\(summary)\nreport: \(page), and as text report.md beside it")
    }

    /// Writes `text`, unless it stands there already: a second run does nothing, and may do it in a read-only folder. Without
    /// a text, what an earlier version of the experiment left there is removed.
    private func write(_ text: String?, to file: URL) throws {
        guard let text else { return try remove(file) }
        let data = Data(text.utf8)
        guard FileManager.default.contents(atPath: file.path) != data else { return }
        try AtomicFile.write(data, to: file)
    }

    // MARK: The note

    private var note: Note? {
        FileManager.default.contents(atPath: noteFile.path).flatMap { try? JSONDecoder().decode(Note.self, from: $0) }
    }

    /// Two experiments of one project and name write over each other's report.
    private func warnOfNamesake() {
        guard let other = note?.experiment, other != workspace.path(of: experiment.location),
            FileManager.default.fileExists(atPath: workspace.root.appending(path: other).path)
        else { return }
        Talk.say(
            "warning: \(workspace.path(of: folder)) held the report of \(other), which has the same project and name")
    }

    /// Removes the files that only the report before this one had, unless somebody has changed them.
    private func removeOutdated(besides report: RenderedReport) throws {
        let names = Set(report.files.map(\.name))
        for (name, digest) in note?.files ?? [:] where !names.contains(name) && isAsPublished(name, digest) {
            try remove(folder.appending(path: name))
        }
    }

    /// Removes `file`, if it is there: another process that publishes the same may have removed it just now.
    private func remove(_ file: URL) throws {
        do {
            try FileManager.default.removeItem(at: file)
        } catch CocoaError.fileNoSuchFile {}
    }

    private func keepNote(of report: RenderedReport, _ results: Results) {
        var files: [String: Digest] = [:]
        for (name, text) in report.files { files[name] = text.map(Digest.init(of:)) }
        let note = Note(
            origin: origin(of: results.plan), files: files, table: report.table, styledTable: report.styledTable,
            trials: results.plan.entries.count, experiment: workspace.path(of: experiment.location))
        // Without the note, in a store that cannot be written to, the next run reads the records again.
        if let text = try? note.json() { try? AtomicFile.write(Data(text.utf8), to: noteFile) }
    }

    /// Identity of all that a report is made from: the files that give it words, this program, and the records, by their ids
    /// and by what would show that somebody wrote to their files.
    private func origin(of plan: Plan) -> Digest {
        let ids = plan.trials.map(\.id)
        let state = try? TrialStore(folder: workspace.store, recovering: false).state(of: ids)
        let datasets = (experiment.allDatasets + (experiment.background?.datasets ?? [])).flatMap {
            [$0.dataset.name, $0.dataset.digest.description]
        }
        let text = FileManager.default.contents(atPath: experiment.location.path) ?? Data()
        return Digest(
            ofFields: [
                Publication.program, Digest(of: text).description, workspace.path(of: experiment.location),
                experiment.baseModel.name, experiment.baseModel.digest.description,
                state?.description ?? "",
            ] + datasets + plan.images.map(\.digest.description) + ids.map(\.description))
    }

    /// What renders reports: this version of the program, and the size and age of its executable, which a rebuild changes.
    private static let program: String = {
        let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let attributes = (try? FileManager.default.attributesOfItem(atPath: executable.path)) ?? [:]
        let age = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(Harness.Moderato.version) \(attributes[.size] ?? 0) \(age)"
    }()
}
