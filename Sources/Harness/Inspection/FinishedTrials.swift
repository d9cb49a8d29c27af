internal import LinearAlgebra
internal import Moderation
internal import Store

/// What determined each finished trial of a store, read without looking at results.
struct FinishedTrials {
    /// By id.
    let inputs: [Digest: TrialInputs]
    /// Trials that cannot be read: damaged ones, and those of a layout of another version.
    let unreadable: [Digest]

    init(of store: TrialStore, jobs: Int) throws {
        let ids = try store.ids()
        let read = Workers.map(ids.count, jobs: jobs) { index in
            Result { try store.read(ids[index]).inputs }
        }
        var inputs: [Digest: TrialInputs] = [:]
        var unreadable: [Digest] = []
        for (id, result) in zip(ids, read) {
            do {
                inputs[id] = try result.get()
            } catch StoreError.damaged, StoreError.outdated, StoreError.unknownLayout {
                unreadable.append(id)
            } catch StoreError.missing {
                continue  // somebody has removed it, or its list of images, meanwhile
            }
        }
        self.inputs = inputs
        self.unreadable = unreadable
    }
}
