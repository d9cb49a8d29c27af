public import BaseModel
internal import Evaluation
public import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Moves the adapters of a project to another base model: trains each again from its own manifests and recipe, holds it against
/// its predecessor on the same test images, and lets it take over where the gate passes.
///
/// A version is a candidate until then, and the newest version in use is what the adapter's name means. So it is put to use
/// before its predecessor is deprecated: a process that is killed in between leaves both in use, never neither, and the
/// next update goes on from there.
public struct Updater: Sendable {
    private let settings: ProjectSettings
    private let baseModel: BaseModelDescription
    private let baseModelFile: URL
    private let registry: AdapterRegistry
    private let jobs: Int
    private let cancellation: Cancellation
    private let report: @Sendable (RunEvent) -> Void

    private var workspace: Workspace { registry.workspace }

    /// An updater of the project of `settings` to `baseModel`, which `baseModelFile` describes.
    public init(
        _ settings: ProjectSettings, to baseModel: BaseModelDescription, in baseModelFile: URL, workspace: Workspace,
        jobs: Int? = nil, cancellation: Cancellation = Cancellation(),
        report: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        self.settings = settings
        self.baseModel = baseModel
        self.baseModelFile = baseModelFile
        registry = AdapterRegistry(workspace: workspace)
        self.jobs = jobs ?? Workers.standardCount
        self.cancellation = cancellation
        self.report = report
    }

    /// Whether an adapter in use is on another base model, or an update was cut off.
    public func isDue() throws -> Bool {
        try adapters().current.contains { !isMoved($0.current) || $0.leftOver != nil }
    }

    /// What an update would do; writes nothing.
    public func plan() throws -> ProjectUpdate {
        try updates { adapter in
            let current = adapter.current
            guard !isMoved(current) else {
                return AdapterUpdate(
                    old: adapter.leftOver ?? current, new: current,
                    adapter.leftOver == nil ? .upToDate : .planned(.deprecate))
            }
            let retraining = try retraining(of: current)
            _ = try registry.trial(of: current)
            let trial = try retraining.trial()
            let candidate = adapter.candidate(of: trial)
            return AdapterUpdate(
                old: current, new: candidate, .planned(candidate == nil ? .train(trial) : .judge(trial)),
                notes: retraining.notes)
        }
    }

    /// Updates the project's adapters, one after the other.
    ///
    /// - Parameter accepting: lets a new version take over whatever its verdict.
    /// - Throws: `RunError.interrupted`, `StoreError`, and what keeps the base model itself from being used; what keeps one
    ///   adapter from being updated is its outcome.
    public func update(accepting: Bool = false) throws -> ProjectUpdate {
        _ = try BaseModel(baseModel, workspace: workspace)
        let lock = try lock()
        return try withExtendedLifetime(lock) {
            try updates { try update($0, accepting: accepting) }
        }
    }

    // MARK: One adapter

    private func update(_ adapter: ProjectAdapter, accepting: Bool) throws -> AdapterUpdate {
        let finished = try finish(adapter)
        let old = adapter.current
        if isMoved(old) { return finished }
        let retraining = try retraining(of: old)
        let notes = retraining.notes + adapter.leftOverNotes
        let before = try registry.trial(of: old).record
        let record = try retraining.run(jobs: jobs, cancellation: cancellation, report: report)
        let new = try adapter.candidate(of: record.id) ?? registry.create(draft(of: record, for: old))
        let change = try Self.change(from: before, to: record, settings)
        guard change.verdict == .pass || accepting else {
            return AdapterUpdate(old: old, new: new, .judged(change, .kept), notes: notes)
        }
        try checkInUse(old)
        // A candidate of an earlier update may have been damaged since.
        _ = try registry.trial(of: new)
        let used = try registry.setStatus(.trained, of: new)
        let replaced = try registry.setStatus(.deprecated, of: old)
        return AdapterUpdate(
            old: replaced, new: used, .judged(change, change.verdict == .pass ? .switched : .accepted), notes: notes)
    }

    /// Deprecates what an update that was cut off after its switch left in use.
    private func finish(_ adapter: ProjectAdapter) throws -> AdapterUpdate {
        guard let old = adapter.leftOver else {
            return AdapterUpdate(old: adapter.current, new: adapter.current, .upToDate)
        }
        return AdapterUpdate(old: try registry.setStatus(.deprecated, of: old), new: adapter.current, .completed)
    }

    private func retraining(of version: AdapterVersion) throws -> Retraining {
        let retraining = try Retraining(of: version, on: baseModel, registry: registry)
        try retraining.checkImages(jobs: jobs)
        return retraining
    }

    /// The trained trial as the next version of the adapter that `old` is the newest of.
    private func draft(of record: TrialRecord, for old: AdapterVersion) throws -> AdapterDraft {
        let datasets = [try registry.trainingData(of: old), try registry.testData(of: old)]
        var origin = try TrialOrigin(
            of: record, baseModelFile: baseModelFile, datasets: { _ in datasets }, workspace: workspace)
        origin.images.datasets = old.images.datasets
        return try AdapterDraft(
            project: old.project, name: old.name, description: old.description, status: .candidate, trial: record,
            origin: origin, updatedFrom: .init(number: old.number, baseModel: old.baseModel.name))
    }

    private static func change(
        from old: TrialRecord, to new: TrialRecord, _ settings: ProjectSettings
    ) throws -> ModelSwitch {
        do {
            return try ModelSwitch(from: old, to: new, margins: settings.margins)
        } catch {
            throw UpdateRefusal.notComparable(reason: "\(error)")
        }
    }

    /// Throws unless the adapter's name means `version`, also now that it was trained again: others may have made versions.
    private func checkInUse(_ version: AdapterVersion) throws {
        let current: AdapterVersion
        do throws(ProjectError) {
            current = try registry.find(AdapterID(project: version.project, name: version.name))
        } catch {
            switch error {
            case .damaged, .unknownLayout, .unreadable: throw UpdateRefusal.hidden
            default: throw error
            }
        }
        guard current.number == version.number else { throw UpdateRefusal.overtaken(by: current.id) }
    }

    private func isMoved(_ version: AdapterVersion) -> Bool { version.baseModel.digest == baseModel.digest }

    // MARK: The project

    private func adapters() throws -> (current: [ProjectAdapter], damaged: [ProjectError]) {
        let listing = try registry.list(settings.project)
        return (ProjectAdapter.all(of: listing.versions), listing.damaged)
    }

    /// The outcome of `body` for each adapter; what it throws about one of them is its outcome.
    private func updates(_ body: (ProjectAdapter) throws -> AdapterUpdate) throws -> ProjectUpdate {
        let adapters = try adapters()
        guard !adapters.current.isEmpty || !adapters.damaged.isEmpty else {
            throw ProjectError.nothingToUpdate(project: settings.project, known: registry.projects())
        }
        let updates = try adapters.current.map { adapter in
            do {
                try cancellation.check()
                try checkInUse(adapter.current)
                return try body(adapter)
            } catch let error where Self.concernsAll(error) {
                throw error
            } catch {
                return AdapterUpdate(old: adapter.current, new: nil, .refused("\(error)"))
            }
        }
        let model = AdapterVersion.BaseModel(
            name: baseModel.name, version: baseModel.version, digest: baseModel.digest,
            taxonomy: baseModel.taxonomy.version, file: workspace.path(of: baseModelFile))
        return ProjectUpdate(
            project: settings.project, baseModel: model, adapters: updates, damaged: adapters.damaged)
    }

    private static func concernsAll(_ error: any Error) -> Bool {
        error as? RunError == .interrupted || error is StoreError
    }

    /// The right to update the project, so that processes that run at once do not train the same candidates twice.
    private func lock() throws -> WorkLock? {
        let file = workspace.store.appending(path: "locks/updates/\(settings.project)/lock")
        if let lock = try WorkLock.take(file) { return lock }
        report(.note("another process is updating project `\(settings.project)`; waiting for it"))
        let lock = try WorkLock.wait(file) { cancellation.isRequested }
        try cancellation.check()
        return lock
    }
}

extension AdapterUpdate {
    fileprivate init(old: AdapterVersion, new: AdapterVersion?, _ outcome: Outcome, notes: [String] = []) {
        self.init(old: old, new: new, outcome: outcome, notes: notes)
    }
}
