internal import LinearAlgebra
internal import Moderation
internal import Store

/// What determined each finished trial of a store, read without looking at results.
struct FinishedTrials {
    /// By id; damaged trials are left out.
    let inputs: [Digest: TrialInputs]

    init(of store: TrialStore, jobs: Int) throws {
        let ids = try store.ids()
        let read = Workers.map(ids.count, jobs: jobs) { index in
            Result { try store.read(ids[index]).inputs }
        }
        var inputs: [Digest: TrialInputs] = [:]
        for (id, result) in zip(ids, read) {
            do {
                inputs[id] = try result.get()
            } catch StoreError.damaged, StoreError.missing, StoreError.unknownLayout {
                continue
            }
        }
        self.inputs = inputs
    }
}
