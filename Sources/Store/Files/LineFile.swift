public import Foundation
internal import Synchronization

/// A file of lines that only grows: what a crash tore is not a line.
public final class LineFile: Sendable {
    private let file: Mutex<Descriptor>

    /// Opens `file` to add lines; it and its folder are made where they are missing.
    public init(appendingTo file: URL) throws(StoreError) {
        try Folder(path: file.deletingLastPathComponent().path).create(durability: .system)
        self.file = Mutex(
            try Descriptor(opening: file.path, flags: O_WRONLY | O_CREAT | O_APPEND, for: .write))
    }

    /// Adds `line`, which has no line feed of its own, in one piece; any number of threads may.
    public func append(_ line: String) throws(StoreError) {
        let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
        try file.withLock { (file) throws(StoreError) in
            let result = bytes.withUnsafeBytes { buffer in Result { () throws(StoreError) in try file.append(buffer) } }
            try result.get()
        }
    }

    /// The lines of `file`, without the end of one that was not finished.
    public static func lines(of file: URL) throws(StoreError) -> [String] {
        let file = try Descriptor(opening: file.path, flags: O_RDONLY | O_NONBLOCK, for: .read)
        let bytes = try file.read(try file.regularSize())
        return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
