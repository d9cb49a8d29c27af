public import Foundation
public import Moderation

/// Removal of what is no longer wanted, by whoever has the store alone.
extension TrialStore {
    /// The store in `folder`, with nobody else using it; nil where another does, in this process too.
    ///
    /// Whoever opens the store meanwhile waits until it is given up: not to be held while a person is asked, nor while
    /// the same thread opens it again.
    public static func alone(in folder: URL) throws(StoreError) -> TrialStore? {
        guard let use = try StoreUse(alone: Folder(path: folder.path)) else { return nil }
        return try TrialStore(folder: folder, use: use)
    }

    /// Removes the trial `id`, and what is known of its failure.
    ///
    /// - Precondition: nobody else uses the store: see `alone`.
    public func remove(_ id: Digest) throws(StoreError) {
        precondition(use.isAlone, "a trial is removed from a store that others may use")
        try kept.remove(id)
        try failed.remove(id)
    }

    /// Removes the file of the trial `id` if it is damaged, so that it counts as missing: others may use the store.
    public func removeDamaged(_ id: Digest) throws(StoreError) {
        do throws(StoreError) {
            _ = try read(id)
        } catch {
            guard case .damaged = error else { return }
            try kept.remove(id)
        }
    }

    /// Removes the image tables that no trial refers to; how many there were.
    ///
    /// - Precondition: nobody else uses the store: see `alone`.
    @discardableResult
    public func removeUnreferencedImages() throws(StoreError) -> Int {
        precondition(use.isAlone, "image tables are removed from a store that others may use")
        var referenced: Set<Digest> = []
        for id in try ids() {
            if let images = try images(of: id) { referenced.insert(images) }
        }
        return try tables.remove(except: referenced)
    }
}
