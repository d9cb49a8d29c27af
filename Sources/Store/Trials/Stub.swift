public import Foundation
public import Moderation

public final class WorkLock: Sendable {
    public static func take(_ file: URL) throws(StoreError) -> WorkLock? { WorkLock() }
    public static func wait(_ file: URL, until shouldStop: () -> Bool) throws(StoreError) -> WorkLock? { WorkLock() }
}
extension TrialStore {
    public func lockFile(of id: Digest) -> URL { folder }
    public func writeFailure(_ reason: String, of id: Digest) throws(StoreError) {}
    public func removeFailure(of id: Digest) throws(StoreError) {}
    public func remove(_ id: Digest) throws(StoreError) {}
    public func finished(among ids: [Digest]) throws(StoreError) -> Set<Digest> {
        var s: Set<Digest> = []
        for id in ids where try contains(id) { s.insert(id) }
        return s
    }
}
