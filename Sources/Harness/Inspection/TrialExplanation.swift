internal import Evaluation
public import Foundation
internal import LinearAlgebra
public import Moderation
internal import Store

/// Why a trial is not another: its inputs against those of the nearest finished trial.
public struct TrialExplanation: Sendable {
    /// The trial.
    public let id: Digest
    /// Whether it is finished.
    public let isFinished: Bool
    /// Why it could not be fitted when it was last tried.
    public let failure: String?
    /// The experiments that ask for it, as paths from the project's root, each with the adapter's name there.
    public let experiments: [Use]
    /// The finished trial whose inputs differ least; `nil` where no other is finished.
    public let nearest: Digest?
    /// The inputs that differ from those of the nearest trial.
    public let changes: [TrialInputs.Change]
    /// Which images differ from those of the nearest trial, where images do.
    public let images: ImageChanges?

    /// An experiment that asks for a trial.
    public struct Use: Sendable, Equatable {
        public let file: String
        public let adapter: String
    }
}

/// Explains trials of a workspace, whichever of its experiments ask for them.
public struct TrialExplainer {
    private let workspace: Workspace
    private let files: [URL]
    private let report: @Sendable (RunEvent) -> Void

    /// - Parameters:
    ///   - files: the experiments that may ask for trials; those of the workspace where there are none.
    ///   - report: told what cannot be looked into.
    public init(workspace: Workspace, files: [URL] = [], report: @escaping @Sendable (RunEvent) -> Void) {
        self.workspace = workspace
        self.files = files.isEmpty ? workspace.experimentFiles : files
        self.report = report
    }

    /// The explanation of the trial whose id begins with `prefix`, finished or planned.
    public func explain(_ prefix: String) throws -> TrialExplanation {
        let store = try TrialStore(folder: workspace.store, recovering: false)
        let finished = try FinishedTrials(of: store, jobs: Workers.standardCount).inputs
        let planned = plannedTrials()
        let id = try TrialFinder.id(
            prefix, among: Set(finished.keys).union(planned.map(\.trial.id)), finished: finished.count)
        let uses = planned.filter { $0.trial.id == id }
        guard let inputs = finished[id] ?? uses.first?.trial.inputs else {
            preconditionFailure("trial \(id) is neither finished nor planned")
        }
        let others = finished.filter { $0.key != id }
        let nearest = others.min { (inputs.distance(to: $0.value), $0.key) < (inputs.distance(to: $1.value), $1.key) }
        return TrialExplanation(
            id: id, isFinished: finished[id] != nil, failure: try store.failure(of: id)?.reason,
            experiments: uses.map(\.use), nearest: nearest?.key,
            changes: nearest.map { inputs.changes(since: $0.value) } ?? [],
            images: try nearest.flatMap { try imageChanges(of: id, since: $0.key, uses: uses, in: store) })
    }

    private struct Planned {
        let trial: Trial
        let images: [SelectedImage]
        let labels: [Label]
        let use: TrialExplanation.Use
    }

    /// The trials of all experiments; what cannot be planned is said and left out.
    private func plannedTrials() -> [Planned] {
        files.flatMap { file -> [Planned] in
            do {
                let experiment = try Experiment(file: file, workspace: workspace)
                let plan = try Runner(experiment, workspace: workspace).plan().plan
                return plan.trials.map { trial in
                    Planned(
                        trial: trial, images: plan.images, labels: experiment.labels,
                        use: .init(
                            file: workspace.path(of: file), adapter: experiment.adapters[trial.adapter].name))
                }
            } catch {
                report(.note("warning: \(workspace.path(of: file)) is not looked into: \(error)"))
                return []
            }
        }
    }

    private func imageChanges(
        of id: Digest, since nearest: Digest, uses: [Planned], in store: TrialStore
    ) throws -> ImageChanges? {
        let before = try store.read(nearest).imageStates
        let now =
            try uses.first.map { planned in planned.images.map { $0.state(of: planned.labels) } }
            ?? store.read(id).imageStates
        let changes = ImageChanges(from: before, to: now)
        return changes.isEmpty ? nil : changes
    }
}
