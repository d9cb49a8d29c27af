internal import Evaluation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// What determined each finished trial of a store; to know it, every file is read and checked.
struct FinishedTrials {
    /// By id.
    let inputs: [Digest: TrialInputs]
    /// Trials that cannot be read: damaged ones, and those of a layout of another version.
    let unreadable: [Digest]
    /// The paths of the images of trials, by the identity of these images.
    private let paths: [String: Set<String>]

    init(of store: TrialStore, jobs: Int) throws {
        let ids = try store.ids()
        let read = Workers.map(ids.count, jobs: jobs) { index in Result { try store.read(ids[index]) } }
        var inputs: [Digest: TrialInputs] = [:]
        var unreadable: [Digest] = []
        var paths: [String: Set<String>] = [:]
        for (id, result) in zip(ids, read) {
            do {
                let record = try result.get()
                let own = record.inputs
                inputs[id] = own
                if let images = own.images, paths[images] == nil { paths[images] = Set(record.images.map(\.path)) }
            } catch StoreError.damaged, StoreError.outdated, StoreError.unknownLayout {
                unreadable.append(id)
            } catch StoreError.missing {
                continue  // somebody has removed it, or its list of images, meanwhile
            }
        }
        self.inputs = inputs
        self.unreadable = unreadable
        self.paths = paths
    }

    /// Those of `trials`, none of which is finished, that are finished but for what has changed of their inputs since: with the
    /// same specification, on images of which at least half are those of `plan`, by their paths.
    func stale(_ trials: [Trial], of plan: Plan) -> [Trial] {
        let own = Set(plan.images.map(\.record.path))
        let related = paths.filter { $0.value.intersection(own).count * 2 >= own.count }
        let known = Set(
            inputs.values.filter { $0.images.map { related[$0] != nil } ?? false }.map(\.specification))
        return trials.filter { known.contains($0.inputs.specification) }
    }
}
