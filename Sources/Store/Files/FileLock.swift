public import Foundation

/// A lock that processes share by the name of a file, on any machine that sees the folder.
public enum FileLock {
    /// The result of `body`, which no other process runs under the same `file` meanwhile.
    ///
    /// The lock ends with the process, however that ends. On a file system without locks nobody waits.
    public static func holding<Result>(_ file: URL, _ body: () throws -> Result) throws -> Result {
        try Folder(path: file.deletingLastPathComponent().path).create()
        let descriptor = try Descriptor(opening: file.path, flags: O_RDWR | O_CREAT, for: .write)
        _ = descriptor.lock(waiting: true)
        return try body()
    }
}
