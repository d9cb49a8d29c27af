internal import Foundation

/// An open file or folder, closed at the end of its scope.
struct OpenFile: ~Copyable {
    let number: Int32

    deinit { close(number) }

    /// The size in bytes of a regular file; anything else is no object.
    func regularSize(_ location: ObjectLocation) throws(ObjectStorageError) -> Int {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw .reading(errno, location) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .noSuchObject(location) }
        return Int(status.st_size)
    }

    /// All of a regular file, `limit` bytes at most.
    func read(limit: Int, of location: ObjectLocation) throws(ObjectStorageError) -> Data {
        let size = try regularSize(location)
        guard size <= limit else { throw .tooLarge(location, bytes: size, limit: limit) }
        var bytes = Data(count: size)
        var filled = 0
        while filled < size {
            let taken = bytes.withUnsafeMutableBytes { buffer in
                Foundation.read(number, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if taken < 0 && errno == EINTR { continue }
            guard taken >= 0 else { throw .reading(errno, location) }
            // It became shorter meanwhile.
            if taken == 0 { return bytes.prefix(filled) }
            filled += taken
        }
        return bytes
    }

    /// Writes all of `bytes`.
    func write(_ bytes: Data, of location: ObjectLocation) throws(ObjectStorageError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Foundation.write(number, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .writing(written < 0 ? errno : ENOSPC, location) }
            rest = rest.dropFirst(written)
        }
    }

    /// Waits until what was written is on the device; a folder whose file system cannot do that (`EINVAL`) passes.
    func synchronize(_ location: ObjectLocation) throws(ObjectStorageError) {
        guard fsync(number) == 0 || errno == EINVAL else { throw .writing(errno, location) }
    }
}

extension ObjectStorageError {
    /// What the error `number` of the system means for reading `location`.
    static func reading(_ number: Int32, _ location: ObjectLocation) -> ObjectStorageError {
        [ENOENT, ENOTDIR].contains(number) ? .noSuchObject(location) : .system(number, "read", location)
    }

    /// What the error `number` of the system means for writing `location`.
    static func writing(_ number: Int32, _ location: ObjectLocation) -> ObjectStorageError {
        switch number {
        case ENOTDIR: .failed(location, reason: "a part of its path is a file, not a folder")
        case EISDIR, ENOTEMPTY, EEXIST: .failed(location, reason: "there is a folder of this name")
        case ENOSPC, EDQUOT: .failed(location, reason: "no space is left on the disk")
        default: .system(number, "write", location)
        }
    }

    private static func system(_ number: Int32, _ verb: String, _ location: ObjectLocation) -> ObjectStorageError {
        switch number {
        case EACCES, EPERM, EROFS: .denied(location, reason: "no permission to \(verb) the file")
        case ELOOP: .denied(location, reason: "a link leads nowhere or out of the bucket")
        case ENAMETOOLONG: .badName(name: "\(location)", reason: "the path is too long for this file system")
        default: .failed(location, reason: String(cString: strerror(number)))
        }
    }
}
