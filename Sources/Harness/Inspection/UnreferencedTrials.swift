public import Foundation
internal import LinearAlgebra
public import Moderation
internal import Store

/// Finished trials that no experiment of a workspace asks for, as it stands now.
public struct UnreferencedTrials: Sendable {
    /// The trials, in order.
    public let ids: [Digest]
    /// Number of finished trials that experiments ask for.
    public let referenced: Int
    /// What the files of the unreferenced trials take.
    public let bytes: Int
    private let workspace: Workspace

    /// Looks at all experiments of `workspace` and at `files` besides.
    ///
    /// A trial that cannot be read is asked for by its id alone. One that another version of a library or
    /// other kernels computed is asked for too: whoever runs the experiment on that machine needs it.
    /// - Throws: what keeps an experiment from being planned, since nobody can tell then what it asks for.
    public init(workspace: Workspace, files: [URL] = []) throws {
        let files = workspace.experimentFiles + files
        guard !files.isEmpty else { throw RunError.noExperiments(folder: workspace.path(of: workspace.experiments)) }
        let store = try TrialStore(folder: workspace.store, recovering: false)
        var planned: Set<TrialInputs> = []
        var plannedIds: Set<Digest> = []
        for file in files {
            let runner = Runner(try Experiment(file: file, workspace: workspace), workspace: workspace)
            let trials = try runner.plan().plan.trials
            planned.formUnion(trials.map(\.inputs.withoutPlatform))
            plannedIds.formUnion(trials.map(\.id))
        }
        let finished = try FinishedTrials(of: store, jobs: Workers.standardCount)
        let readable = finished.inputs.filter { !planned.contains($0.value.withoutPlatform) }.map(\.key)
        let unreadable = finished.unreadable.filter { !plannedIds.contains($0) }
        ids = (readable + unreadable).sorted()
        referenced = finished.inputs.count - readable.count
        bytes = ids.reduce(0) { sum, id in
            sum + ((try? store.file(of: id).resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0)
        }
        self.workspace = workspace
    }

    /// Removes those of the trials that `other`, a later look, finds too, and lists of images that no trial refers to any more;
    /// how many there were, `nil` where another process uses the store, which then stays as it is.
    public func remove(ifAlsoIn other: UnreferencedTrials) throws -> Int? {
        guard let store = try TrialStore.alone(in: workspace.store) else { return nil }
        let both = Set(ids).intersection(other.ids).sorted()
        for id in both { try store.remove(id) }
        try store.removeUnreferencedImages()
        return both.count
    }
}
