internal import FileSystemShim
internal import Foundation

/// An open file, closed at the end of its scope.
struct Descriptor: ~Copyable {
    /// The path that errors name: for a temporary, that of the file it will be.
    private let path: String
    private let number: Int32

    /// Opens `path`; errors say `action` and name `subject`, or else `path`; a new file has `permissions`.
    init(
        opening path: String, flags: Int32, for action: StoreError.Action, subject: String? = nil,
        permissions: mode_t = 0o644
    ) throws(StoreError) {
        let number = open(path, flags | O_CLOEXEC, permissions)
        guard number >= 0 else { throw .system(errno, action, subject ?? path) }
        self.path = subject ?? path
        self.number = number
    }

    deinit { close(number) }

    /// Size, kind, times and links.
    func status(for action: StoreError.Action) throws(StoreError) -> stat {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw .system(errno, action, path) }
        return status
    }

    /// Whether `path` leads to this very file, which may have been removed or replaced since it was opened.
    func isStill(at path: String) throws(StoreError) -> Bool {
        let own = try status(for: .lock)
        var other = stat()
        return stat(path, &other) == 0 && other.st_ino == own.st_ino && other.st_dev == own.st_dev
    }

    /// The size in bytes of a regular file; anything else (a folder, a pipe) is refused.
    func regularSize() throws(StoreError) -> Int {
        let status = try status(for: .read)
        switch status.st_mode & S_IFMT {
        case S_IFREG: return Int(status.st_size)
        case S_IFDIR: throw .system(EISDIR, .read, path)
        default: throw .refused(action: .read, path: path, reason: "it is not a regular file")
        }
    }

    /// Writes all of `bytes` from `offset` on, the file's beginning unless told otherwise.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) throws(StoreError) {
        var done = 0
        while done < bytes.count {
            let written = pwrite(
                number, bytes.baseAddress?.advanced(by: done), bytes.count - done, off_t(offset + done))
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .system(written < 0 ? errno : ENOSPC, .write, path) }
            done += written
        }
    }

    /// Writes all of `bytes` behind the end of a file that was opened with `O_APPEND`.
    func append(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Foundation.write(number, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .system(written < 0 ? errno : ENOSPC, .write, path) }
            rest = rest.dropFirst(written)
        }
    }

    /// The first `count` bytes of the file, fewer where it ends before.
    func read(_ count: Int) throws(StoreError) -> [UInt8] {
        var outcome = Result<Int, StoreError>.success(0)
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            outcome = Result { () throws(StoreError) in try read(into: UnsafeMutableRawBufferPointer(buffer), at: 0) }
            filled = (try? outcome.get()) ?? 0
        }
        _ = try outcome.get()
        return bytes
    }

    /// Fills `buffer` from `offset` on, and answers with how many bytes: fewer than it holds where the file ends before.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StoreError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let taken = pread(
                number, buffer.baseAddress?.advanced(by: filled), buffer.count - filled, off_t(offset + filled))
            if taken < 0 && errno == EINTR { continue }
            guard taken >= 0 else { throw .system(errno, .read, path) }
            if taken == 0 { break }
            filled += taken
        }
        return filled
    }

    /// Waits until what was written is on the device; a folder whose file system cannot do that (`EINVAL`) passes.
    func synchronize() throws(StoreError) {
        guard fsync(number) == 0 || errno == EINVAL else { throw .system(errno, .write, path) }
    }

    /// Waits until all that was written to the file's file system, by whomever, is on the device.
    func synchronizeFileSystem() throws(StoreError) {
        guard file_system_shim_sync(number) == 0 else { throw .system(errno, .write, path) }
    }

    /// Takes the advisory lock that ends with this descriptor or its process, however that dies: alone, or with others
    /// that share it.
    ///
    /// Returns 0, or the error number: `EWOULDBLOCK` where another holds it and `waiting` is false.
    func lock(waiting: Bool, shared: Bool = false) -> Int32 {
        while flock(number, (shared ? LOCK_SH : LOCK_EX) | (waiting ? 0 : LOCK_NB)) != 0 {
            if errno != EINTR { return errno }
        }
        return 0
    }
}
