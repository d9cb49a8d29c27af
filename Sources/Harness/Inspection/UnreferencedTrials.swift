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
    /// A trial that another version of a library or other kernels computed is asked for too: whoever runs the experiment on that
    /// machine needs it.
    /// - Throws: what keeps an experiment from being planned, since nobody can tell then what it asks for.
    public init(workspace: Workspace, files: [URL] = []) throws {
        let store = try TrialStore(folder: workspace.store)
        var planned: Set<TrialInputs> = []
        for file in workspace.experimentFiles + files {
            let runner = Runner(try Experiment(file: file, workspace: workspace), workspace: workspace)
            planned.formUnion(try runner.plan().plan.trials.map(\.inputs.withoutPlatform))
        }
        let finished = try FinishedTrials(of: store, jobs: Workers.standardCount).inputs
        ids = finished.filter { !planned.contains($0.value.withoutPlatform) }.map(\.key).sorted()
        referenced = finished.count - ids.count
        bytes = ids.reduce(0) { sum, id in
            sum + ((try? store.file(of: id).resourceValues(forKeys: [.fileSizeKey]).fileSize) ?? 0)
        }
        self.workspace = workspace
    }

    /// Removes the trials, and lists of images that no trial refers to any more; false where a run uses the store, which then
    /// stays as it is.
    public func remove() throws -> Bool {
        guard let store = try TrialStore.alone(in: workspace.store) else { return false }
        for id in ids { try store.remove(id) }
        try store.removeUnreferencedImages()
        return true
    }
}
