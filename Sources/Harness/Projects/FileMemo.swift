public import Foundation
internal import Synchronization

/// What files said when they were last read, for files that are replaced whole: one that is the same file, of the same size
/// and time of change, is not read again.
public final class FileMemo<Value: Sendable>: Sendable {
    /// Beyond so many files all is forgotten, so that memory stays bounded.
    private static var capacity: Int { 50_000 }

    private let known = Mutex<[String: (stamp: FileStamp, value: Value)]>([:])

    public init() {}

    /// What `read` makes of `file`, or made of it before; what it throws is not kept.
    public func value<Failure: Error>(of file: URL, _ read: () throws(Failure) -> Value) throws(Failure) -> Value {
        let path = file.path
        guard let stamp = FileStamp(file) else { return try read() }
        if let kept = known.withLock({ $0[path] }), kept.stamp == stamp { return kept.value }
        let value = try read()
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll() }
            known[path] = (stamp, value)
        }
        return value
    }
}
