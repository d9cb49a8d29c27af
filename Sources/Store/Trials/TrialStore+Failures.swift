internal import Foundation
public import Moderation

/// Trials that could not be fitted: `failures/<first two digits>/<id>.json`, until the trial is finished.
extension TrialStore {
    /// Keeps why a trial could not be fitted, in place of what was kept before.
    public func writeFailure(_ failure: FailedTrial) throws(StoreError) {
        try use.beginWriting()
        try failed.write(failure.json, for: failure.id)
    }

    /// Why the trial `id` could not be fitted; nil where nothing is known of it.
    public func failure(of id: Digest) throws(StoreError) -> FailedTrial? {
        do throws(StoreError) {
            let file = try Descriptor(opening: failed.file(of: id), flags: O_RDONLY | O_NONBLOCK, for: .read)
            // A file that a power failure damaged says nothing: the trial is tried again.
            guard let failure = FailedTrial(try file.read(try file.regularSize())) else { return nil }
            return failure.id == id ? failure : nil
        } catch .missing {
            return nil
        }
    }

    /// Why those of the trials `ids` that could not be fitted could not.
    public func failures(among ids: some Sequence<Digest>) throws(StoreError) -> [Digest: FailedTrial] {
        var failures: [Digest: FailedTrial] = [:]
        for id in try failed.ids(among: ids) { failures[id] = try failure(of: id) }
        return failures
    }
}
