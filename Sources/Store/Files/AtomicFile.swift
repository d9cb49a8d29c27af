public import Foundation

/// What a finished write survives.
public enum Durability: Sendable {
    /// A power failure: the write waits for the device, which takes milliseconds.
    case device
    /// The end of the process, however it ends. After a power failure the newest files may be missing or damaged; those
    /// of the store say so when read, and are made anew.
    case system
}

/// Files that are there whole or not at all, whatever happens to the process or the machine.
public enum AtomicFile {
    /// Writes `bytes` to `file`, in place of what it held; missing folders are made.
    ///
    /// The bytes go to a temporary in the same folder, are put on the device and read back; then the temporary takes
    /// the file's name. After any error the file is as it was and the temporary is gone.
    ///
    /// - Parameter isSecret: whether only its owner may read it, from the first byte on.
    public static func write(
        _ bytes: some ContiguousBytes, to file: URL, durability: Durability = .device, isSecret: Bool = false
    ) throws(StoreError) {
        let folder = Folder(path: file.deletingLastPathComponent().path)
        try write(bytes, in: folder, as: file.lastPathComponent, durability, isSecret: isSecret)
    }

    /// Writes `bytes` to the file `name` in `folder`, as above.
    static func write(
        _ bytes: some ContiguousBytes, in folder: Folder, as name: String, _ durability: Durability,
        isSecret: Bool = false
    ) throws(StoreError) {
        try folder.create(durability: durability)
        var temporary = try TemporaryFile(for: folder.path(of: name), isSecret: isSecret)
        let filled = bytes.withUnsafeBytes { buffer in Result { () throws(StoreError) in try temporary.fill(buffer) } }
        try filled.get()
        if durability == .device { try temporary.synchronize() }
        try temporary.putInPlace()
        if durability == .device { try folder.synchronize() }
    }

    /// The bytes of `file`; `nil` where there is none.
    ///
    /// - Throws: `StoreError.refused` for what is there and cannot be read: who takes that for missing writes it anew.
    public static func read(_ file: URL) throws(StoreError) -> Data? {
        do {
            return try Data(contentsOf: file)
        } catch {
            if access(file.path, F_OK) != 0, [ENOENT, ENOTDIR].contains(errno) { return nil }
            let system = (error as? CocoaError)?.underlying as? POSIXError
            throw .refused(
                action: .read, path: file.path,
                reason: system.map { String(cString: strerror($0.code.rawValue)) } ?? "no permission, or not a file")
        }
    }

    /// Removes the temporaries in `folder` whose writers are dead; those of live writers stay.
    ///
    /// What cannot be removed stays too: a temporary is never read, so it only costs space.
    public static func sweep(_ folder: URL) throws(StoreError) { try sweep(Folder(path: folder.path)) { _ in true } }

    /// Removes those on their way to `file` alone: for folders where others may keep what looks like a temporary.
    public static func sweep(for file: URL) throws(StoreError) {
        try sweep(Folder(path: file.deletingLastPathComponent().path)) {
            $0.hasPrefix("\(file.lastPathComponent).tmp-")
        }
    }

    private static func sweep(_ folder: Folder, where isMeant: (String) -> Bool) throws(StoreError) {
        for name in try folder.names() where isTemporary(name) && isMeant(name) {
            let path = folder.path(of: name)
            if isAbandoned(path) { unlink(path) }
        }
    }

    /// Whether `name` is one that `write` gives to a temporary.
    static func isTemporary(_ name: String) -> Bool {
        guard let ending = name.split(separator: ".").last, ending.hasPrefix("tmp-") else { return false }
        let numbers = ending.dropFirst(4).split(separator: "-", omittingEmptySubsequences: false)
        return numbers.count == 2 && numbers.allSatisfy { UInt($0) != nil }
    }

    /// A live writer holds the lock; where locks do not work, a day without a change says it is dead.
    private static func isAbandoned(_ path: String) -> Bool {
        guard let file = try? Descriptor(opening: path, flags: O_RDONLY | O_NONBLOCK, for: .read) else { return false }
        switch file.lock(waiting: false) {
        case 0: return true
        case EWOULDBLOCK: return false
        default:
            guard let status = try? file.status(for: .read) else { return false }
            return time(nil) - status.st_mtim.tv_sec > 24 * 60 * 60
        }
    }
}
