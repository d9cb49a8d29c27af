public import Foundation
internal import Synchronization

/// Folders of files that are there whole or not at all, whatever happens to the process or the machine.
///
/// Whoever writes or removes one holds a `WorkLock` for the folder above it: temporaries found there then belong to
/// nobody that lives.
public enum AtomicFolder {
    private static let counter = Atomic<Int>(0)

    /// Makes `folder` with `files` in it, by their names; false where something stands there already.
    ///
    /// The files go to a temporary folder beside it, and to the device; then that takes the folder's name. After any
    /// error the temporary is gone.
    public static func write(_ files: [(name: String, bytes: Data)], to folder: URL) throws(StoreError) -> Bool {
        let parent = Folder(path: folder.deletingLastPathComponent().path)
        try parent.create(durability: .device)
        let temporary = parent.folder(temporaryName(for: folder.lastPathComponent))
        do throws(StoreError) {
            for file in files { try AtomicFile.write(file.bytes, in: temporary, as: file.name, .device) }
            guard try temporary.rename(to: folder.path) else {
                temporary.removeAll()
                return false
            }
        } catch {
            temporary.removeAll()
            throw error.named(folder.path, insteadOf: temporary.path)
        }
        try parent.synchronize()
        return true
    }

    /// Removes `folder` and all that is in it: at one moment it is there whole, at the next not at all.
    public static func remove(_ folder: URL) throws(StoreError) {
        let parent = Folder(path: folder.deletingLastPathComponent().path)
        let temporary = parent.folder(temporaryName(for: folder.lastPathComponent))
        guard rename(folder.path, temporary.path) == 0 else { throw .system(errno, .remove, folder.path) }
        try parent.synchronize()
        temporary.removeAll()
    }

    /// Removes what dead writers left in `parent`; for who holds the lock that all writers there hold.
    public static func sweep(_ parent: URL) throws(StoreError) {
        let parent = Folder(path: parent.path)
        for name in try parent.names() where AtomicFile.isTemporary(name) { parent.folder(name).removeAll() }
    }

    private static func temporaryName(for name: String) -> String {
        "\(name).tmp-\(getpid())-\(counter.wrappingAdd(1, ordering: .relaxed).newValue)"
    }
}

extension Folder {
    /// Gives the folder the place `path`; false where something stands there.
    fileprivate func rename(to path: String) throws(StoreError) -> Bool {
        try synchronize()
        if Foundation.rename(self.path, path) == 0 { return true }
        if [ENOTEMPTY, EEXIST, ENOTDIR].contains(errno) { return false }
        throw .system(errno, .write, path)
    }

    /// Removes the folder with all that is in it, as far as that can be done: what is left is no one's any more.
    fileprivate func removeAll() { try? FileManager.default.removeItem(atPath: path) }
}

extension StoreError {
    /// The error with `path` in place of `other`, where it is about that or what is in it.
    fileprivate func named(_ path: String, insteadOf other: String) -> StoreError {
        guard case .refused(let action, let own, let reason) = self, own.hasPrefix(other) else { return self }
        return .refused(action: action, path: path + own.dropFirst(other.count), reason: reason)
    }
}
