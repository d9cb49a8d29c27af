internal import Adapters
internal import Evaluation
public import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Finds the adapters that a person names: experiments, adapters of projects, single trials.
public struct SubjectReader {
    private let workspace: Workspace
    /// The only split that is asked for, if one is.
    private let split: String?
    private let report: @Sendable (RunEvent) -> Void
    private let models: KnownBaseModels

    /// What was found of one subject, or of a whole project.
    public struct Found: Sendable {
        public let adapters: [ComparedAdapter]
        /// What a reader must know: trials that are missing, say.
        public let notes: [String]
    }

    /// - Parameters:
    ///   - split: the only split of experiments that is asked for; all of them where it is `nil`.
    ///   - report: told what cannot be looked into.
    public init(workspace: Workspace, split: String? = nil, report: @escaping @Sendable (RunEvent) -> Void) {
        self.workspace = workspace
        self.split = split
        self.report = report
        models = KnownBaseModels(of: workspace)
    }

    /// The adapters that `subjects` name, in their order.
    ///
    /// - Throws: `Findings` about every subject that names nothing.
    public func read(_ subjects: [String]) throws -> Found {
        let store = try TrialStore(folder: workspace.store, recovering: false)
        let ids = try store.ids()
        var found: [Found] = []
        var findings: [Finding] = []
        for subject in subjects {
            do {
                found.append(try read(subject, ids: ids, store: store))
            } catch let error as Findings {
                findings += error.all
            }
        }
        guard findings.isEmpty else { throw Findings(findings) }
        return Found(adapters: found.flatMap(\.adapters), notes: found.flatMap(\.notes))
    }

    /// The adapters of every experiment of `project` that has a finished trial, and those kept for it that are not
    /// deprecated.
    public func read(project: String) throws -> Found {
        var found: [Found] = []
        var projects: [String] = []
        for file in workspace.experimentFiles {
            do {
                let experiment = try Experiment(file: file, workspace: workspace)
                projects.append(experiment.project)
                guard experiment.project == project, experiment.splits.contains(where: { split ?? $0.name == $0.name })
                else { continue }
                found += try self.read(experiment).map { [$0] } ?? []
            } catch {
                report(.note("warning: \(workspace.path(of: file)) is not looked into: \(error)"))
            }
        }
        found.append(try kept(for: project))
        guard !found.flatMap(\.adapters).isEmpty else { throw noSuchProject(project, among: projects) }
        return Found(adapters: found.flatMap(\.adapters), notes: found.flatMap(\.notes))
    }

    /// The adapters that `project` keeps.
    private func kept(for project: String) throws -> Found {
        let registry = AdapterRegistry(workspace: workspace)
        let listing = try registry.list(project)
        for damage in listing.damaged { report(.note("warning: \(damage)")) }
        let old = listing.versions.filter { $0.status == .deprecated }.map(\.id)
        return Found(
            adapters: try listing.versions.filter { $0.status != .deprecated }.map { try read($0, of: registry) },
            notes: old.isEmpty ? [] : ["deprecated, and left out: \(Names.list(old))"])
    }

    private func read(_ version: AdapterVersion, of registry: AdapterRegistry) throws -> ComparedAdapter {
        ComparedAdapter(version, record: try registry.trial(of: version).record, models: models)
    }

    private func noSuchProject(_ project: String, among projects: [String]) -> Findings {
        let names = Set(projects).sorted()
        let isKnown = names.contains(project)
        return Findings([
            Finding(
                isKnown
                    ? "no trial of project `\(project)` is finished"
                    : "no experiment and no adapter is of project `\(project)`"
                        + (names.isEmpty ? "" : "; known are \(Names.list(names))"),
                hint: isKnown ? "`moderato run` trains them" : Names.hint(for: project, among: names))
        ])
    }

    /// Where a subject becomes records: an experiment file or what is in it, an adapter of a project, or a trial.
    private func read(_ subject: String, ids: [Digest], store: TrialStore) throws -> Found {
        if let (file, parts) = SubjectReader.experiment(subject) {
            let experiment = try Experiment(file: file, workspace: workspace)
            guard let found = try read(experiment, parts: parts) else {
                throw Findings([
                    Finding(
                        "no trial of `\(TextFile.name(of: file))` is finished, so there is nothing to compare",
                        hint: "`moderato run \(TextFile.name(of: file))` trains them")
                ])
            }
            return found
        }
        if SubjectReader.isFile(subject) { throw SubjectReader.unknown(subject) }
        if AdapterID.isOne(subject) {
            let registry = AdapterRegistry(workspace: workspace)
            let version = try registry.find(AdapterID(subject))
            return Found(adapters: [try read(version, of: registry)], notes: [])
        }
        guard subject.allSatisfy(\.isHexDigit) else { throw SubjectReader.unknown(subject) }
        let id = try TrialFinder.id(subject, among: ids, finished: ids.count)
        let record = try store.read(id)
        let adapter = try ComparedAdapter(path: ["\(record.adapter)@\(id.short)"], records: [record], models: models)
        return Found(adapters: [adapter], notes: [])
    }

    /// Whether `subject` was meant as an experiment file, or something in one.
    private static func isFile(_ subject: String) -> Bool {
        subject.split(separator: "/").contains { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
    }

    private static func unknown(_ subject: String) -> Findings {
        if isFile(subject) {
            return Findings([
                Finding("there is no experiment file `\(subject)`", hint: "paths start from the current folder")
            ])
        }
        return Findings([
            Finding(
                "`\(subject)` names no experiment file, no adapter and no trial",
                hint: "name Experiments/….yaml or something in it, PROJECT/NAME, or the first digits of a trial's id")
        ])
    }

    /// The file that `subject` names, and what it names in it: `Experiments/alcohol.yaml/object/kernel`; `nil` where there is
    /// no such file.
    public static func experiment(_ subject: String) -> (file: URL, parts: [String])? {
        var path = subject
        var parts: [String] = []
        while !path.isEmpty {
            var isFolder: ObjCBool = false
            // What lies in a file is asked for of experiments only: `p/kept` is an adapter though there be a file `p`.
            let mayBe = parts.isEmpty || path.hasSuffix(".yaml") || path.hasSuffix(".yml")
            if mayBe, FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue {
                return (URL(filePath: path), parts)
            }
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return nil }
            parts.insert(String(path[path.index(after: slash)...]), at: 0)
            path = String(path[..<slash])
        }
        return nil
    }
}

// MARK: Experiments

extension SubjectReader {
    /// The adapters of `experiment` in every split, at its largest training size; `nil` where no trial is finished.
    ///
    /// - Parameter parts: names of a split and of an adapter, if only these are asked for.
    private func read(_ experiment: Experiment, parts: [String] = []) throws -> Found? {
        try check(parts, of: experiment)
        let outcome = try Runner(experiment, workspace: workspace, report: report).finished()
        let isWanted = { (names: [String], name: String) in
            parts.allSatisfy { !names.contains($0) || $0 == name }
        }
        let splits = experiment.splits.map(\.name)
        let settings = outcome.mainSettings(of: experiment).filter { setting in
            let name = experiment.settings[setting].split.name
            return isWanted(splits, name) && split ?? name == name
        }
        let names = experiment.comparedAdapters.filter { isWanted(experiment.comparedAdapters, $0) }
        let adapters = try settings.flatMap { setting in
            let records = outcome.records(of: setting, in: experiment)
            let inner = splits.count > 1 ? [experiment.settings[setting].split.name] : []
            return try names.compactMap { name -> ComparedAdapter? in
                let own = records.filter { $0.adapter == name }
                guard !own.isEmpty else { return nil }
                return try ComparedAdapter(
                    path: [workspace.path(of: experiment.location)] + inner + [name], records: own, models: models)
            }
        }
        return adapters.isEmpty ? nil : Found(adapters: adapters, notes: notes(experiment, outcome, settings))
    }

    /// Trials of the settings that are not finished.
    private func notes(_ experiment: Experiment, _ outcome: RunOutcome, _ settings: [Int]) -> [String] {
        let trials = outcome.plan.trials.filter { settings.contains($0.setting) }
        let missing = trials.count { outcome.records[$0.id] == nil }
        guard missing > 0 else { return [] }
        return ["\(missing) of \(trials.count) trials of \(workspace.path(of: experiment.location)) are not finished"]
    }

    /// Throws a finding about a name that is none in `experiment`.
    private func check(_ parts: [String], of experiment: Experiment) throws(Findings) {
        let file = workspace.path(of: experiment.location)
        let splits = experiment.splits.map(\.name)
        let known = splits + experiment.comparedAdapters
        if let split, !splits.contains(split) {
            throw Findings([
                Finding(
                    "`\(file)` has no split `\(split)`; known are \(Names.list(splits))",
                    hint: Names.hint(for: split, among: splits))
            ])
        }
        for part in parts where !known.contains(part) {
            throw Findings([
                Finding(
                    "`\(file)` has no split and no adapter `\(part)`; known are \(Names.list(known))",
                    hint: Names.hint(for: part, among: known))
            ])
        }
        let names = [
            ("splits", Set(parts.filter(splits.contains) + [split].compactMap { $0 })),
            ("adapters", Set(parts.filter { !splits.contains($0) })),
        ]
        for (kind, several) in names where several.count > 1 {
            throw Findings([
                Finding(
                    "several \(kind) of `\(file)` are named at once: \(Names.list(several.sorted()))",
                    hint: "name each as a subject of its own")
            ])
        }
    }
}
