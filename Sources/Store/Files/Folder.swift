internal import Foundation
internal import Moderation

/// A folder on disk, by path.
struct Folder {
    let path: String

    /// Makes the folder and those above it, where missing.
    func create(durability: Durability) throws(StoreError) {
        var reason = make()
        if reason == ENOENT && parent.path != path {
            try parent.create(durability: durability)
            // Once more and no further: some folders are there and take nothing (/proc), or vanish again.
            reason = make()
        }
        switch reason {
        case 0: if durability == .device { try parent.synchronize() }
        case EEXIST where isFolder: break
        case EEXIST: throw .system(ENOTDIR, .createFolder, path)
        default: throw .system(reason, .createFolder, path)
        }
    }

    /// Makes this folder alone.
    ///
    /// - Returns: 0, or the error's number.
    private func make() -> Int32 { mkdir(path, 0o755) == 0 ? 0 : errno }

    /// Names of what is in the folder, in order of their bytes; none where there is no folder.
    func names() throws(StoreError) -> [String] {
        guard let stream = opendir(path) else {
            if errno == ENOENT { return [] }
            throw .system(errno, .list, path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The digests that files are named after, with `ending` behind, in order.
    func digests(ending: String) throws(StoreError) -> [Digest] {
        try names().compactMap { $0.hasSuffix(ending) ? Digest(hexadecimal: $0.dropLast(ending.count)) : nil }
    }

    /// Removes the file `name`, if there is one.
    func remove(_ name: String) throws(StoreError) {
        let path = path(of: name)
        guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else { throw .system(errno, .remove, path) }
    }

    /// The folder `name` in this folder.
    func folder(_ name: String) -> Folder { Folder(path: path(of: name)) }

    /// Puts the folder's entries on the device.
    func synchronize() throws(StoreError) {
        try Descriptor(opening: path, flags: O_RDONLY | O_DIRECTORY, for: .write).synchronize()
    }

    /// Puts all that was written to the folder's file system on the device.
    func synchronizeFileSystem() throws(StoreError) {
        try Descriptor(opening: path, flags: O_RDONLY | O_DIRECTORY, for: .write).synchronizeFileSystem()
    }

    /// The path of the file or folder `name` in this folder.
    func path(of name: String) -> String { "\(path)/\(name)" }

    private var parent: Folder {
        Folder(path: URL(filePath: path).deletingLastPathComponent().path)
    }

    private var isFolder: Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
