internal import Foundation

/// A bucket that is there, and the way from it to its objects.
///
/// Links are resolved first and must lead to what is in the bucket; then the way is gone without following any, so that
/// a link that is put there meanwhile leads nowhere.
struct BucketFolder {
    /// The path, without a link.
    let path: String

    /// - Throws: `.badName`, `.noSuchBucket`, `.denied`.
    init(of location: ObjectLocation, in buckets: LocalBuckets) throws(ObjectStorageError) {
        let folder = try buckets.folder(of: location.bucket)
        guard let path = Self.realPath(folder.path), Self.isFolder(path) else {
            throw errno == EACCES
                ? .denied(location, reason: "no permission to open the bucket's folder")
                : .noSuchBucket(bucket: location.bucket)
        }
        self.path = path
    }

    /// The names on the way to the object, which is there.
    func parts(of location: ObjectLocation) throws(ObjectStorageError) -> [String] {
        guard let real = Self.realPath("\(path)/\(location.key)") else { throw .reading(errno, location) }
        return try parts(below: real, of: location)
    }

    /// Opens what is at the end of `parts` for reading.
    func open(_ parts: [String], of location: ObjectLocation) throws(ObjectStorageError) -> OpenFile {
        guard let name = parts.last else { throw .noSuchObject(location) }
        let folder = try openFolder(parts.dropLast(), of: location)
        // A pipe would wait for its writer.
        let number = openat(folder.number, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard number >= 0 else { throw .reading(errno, location) }
        return OpenFile(number: number)
    }

    /// Opens the folder that the object stands in; folders that are not there are made.
    func openParent(of location: ObjectLocation, isDurable: Bool) throws(ObjectStorageError) -> OpenFile {
        var names = Array(location.keyParts.dropLast())
        var missing: [String] = []
        while true {
            if let real = Self.realPath(([path] + names).joined(separator: "/")) {
                let there = real == path ? [] : try parts(below: real, of: location)
                return try openFolder(there, making: missing.reversed(), of: location, isDurable: isDurable)
            }
            guard errno == ENOENT, let name = names.popLast() else { throw .writing(errno, location) }
            missing.append(name)
        }
    }

    private func parts(below real: String, of location: ObjectLocation) throws(ObjectStorageError) -> [String] {
        guard real.utf8.starts(with: "\(path)/".utf8) else {
            throw .denied(location, reason: "a link leads out of the bucket")
        }
        return real.unicodeScalars.dropFirst(path.unicodeScalars.count).split(separator: "/").map { String($0) }
    }

    private func openFolder(
        _ parts: some Sequence<String>, making missing: [String] = [], of location: ObjectLocation,
        isDurable: Bool = false
    ) throws(ObjectStorageError) -> OpenFile {
        let flags = O_RDONLY | O_CLOEXEC | O_DIRECTORY
        let root = Foundation.open(path, flags)
        guard root >= 0 else { throw .writing(errno, location) }
        var folder = OpenFile(number: root)
        for name in parts { folder = try folder.folder(name, flags, of: location) }
        for name in missing {
            if mkdirat(folder.number, name, 0o755) == 0 {
                if isDurable { try folder.synchronize(location) }
            } else if errno != EEXIST {
                throw .writing(errno, location)
            }
            folder = try folder.folder(name, flags, of: location)
        }
        return folder
    }

    /// The path that `path` leads to, or `nil` and `errno`.
    static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}

extension OpenFile {
    fileprivate func folder(
        _ name: String, _ flags: Int32, of location: ObjectLocation
    ) throws(ObjectStorageError) -> OpenFile {
        let next = openat(number, name, flags | O_NOFOLLOW)
        guard next >= 0 else { throw .writing(errno, location) }
        return OpenFile(number: next)
    }
}
