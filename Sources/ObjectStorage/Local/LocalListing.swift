internal import Foundation

/// Walks the folder of a bucket for its keys.
struct LocalListing {
    private(set) var keys: [String] = []
    private let root: String
    private let prefix: String

    init(root: String, prefix: String) {
        self.root = root
        self.prefix = prefix
    }

    /// Finds the keys that begin with the prefix; links to folders are not followed.
    mutating func read(_ bucket: String) throws(ObjectStorageError) {
        // Only below the last folder that the prefix names is anything to find.
        let parts = ObjectLocation(bucket: bucket, key: prefix).keyParts.dropLast()
        guard parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), !prefix.utf8.contains(0) else { return }
        var folders = [parts.map { "\($0)/" }.joined()]
        while let folder = folders.popLast() {
            try read(folder, bucket: bucket, folders: &folders)
        }
    }

    private mutating func read(
        _ folder: String, bucket: String, folders: inout [String]
    ) throws(ObjectStorageError) {
        guard let stream = opendir("\(root)/\(folder)") else {
            if [ENOENT, ENOTDIR].contains(errno) { return }
            throw .reading(errno, ObjectLocation(bucket: bucket, key: folder))
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            guard let name = Self.name(of: entry), name != ".", name != ".." else { continue }
            let key = folder + name
            switch kind(of: key, Int32(entry.pointee.d_type)) {
            case S_IFDIR where key.utf8.starts(with: prefix.utf8) || prefix.utf8.starts(with: "\(key)/".utf8):
                folders.append(key + "/")
            case S_IFREG where key.utf8.starts(with: prefix.utf8) && !TemporaryObject.isTemporary(name):
                keys.append(key)
            default: break
            }
        }
    }

    /// The name of `entry`; `nil` where it is not UTF-8, and so no key.
    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
        }
    }

    /// `S_IFREG` for a file, or a link to one that is in the bucket; `S_IFDIR` for a folder.
    private func kind(of key: String, _ type: Int32) -> mode_t {
        switch type {
        case Int32(DT_REG): return S_IFREG
        case Int32(DT_DIR): return S_IFDIR
        case Int32(DT_LNK), Int32(DT_UNKNOWN): break
        default: return 0
        }
        var status = stat()
        guard lstat("\(root)/\(key)", &status) == 0 else { return 0 }
        guard status.st_mode & S_IFMT == S_IFLNK else { return status.st_mode & S_IFMT }
        guard let real = BucketFolder.realPath("\(root)/\(key)"), real.utf8.starts(with: "\(root)/".utf8),
            stat(real, &status) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else { return 0 }
        return S_IFREG
    }
}
