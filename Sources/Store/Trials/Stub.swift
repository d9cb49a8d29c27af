public import Foundation
public import Moderation

extension TrialStore {
    public func failure(of id: Digest) throws(StoreError) -> String? { nil }
    public func failures(among ids: [Digest]) throws(StoreError) -> [Digest: String] { [:] }
    public func writeFailure(_ reason: String, of id: Digest) throws(StoreError) {}
    public func removeFailure(of id: Digest) throws(StoreError) {}
    public func remove(_ id: Digest) throws(StoreError) {}
    public func finished(among ids: [Digest]) throws(StoreError) -> Set<Digest> {
        var s: Set<Digest> = []
        for id in ids where try contains(id) { s.insert(id) }
        return s
    }
}
