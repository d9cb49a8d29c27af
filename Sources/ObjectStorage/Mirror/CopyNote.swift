internal import Foundation

/// What is noted of a copy: the entity tag of the object it was fetched from, and which file was written.
///
/// The note is only believed of that very file, so that it does not matter in which order two processes write copies and
/// notes.
struct CopyNote {
    private struct Content: Codable, Equatable {
        let entityTag: String
        let inode: UInt64
        let size: Int64
        let changedSeconds: Int
        let changedNanoseconds: Int

        /// Of `file` as it is now; `nil` where it is no regular file.
        init?(_ entityTag: String, of file: URL) {
            var status = stat()
            guard lstat(file.path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
            self.entityTag = entityTag
            inode = UInt64(status.st_ino)
            size = Int64(status.st_size)
            changedSeconds = status.st_mtim.tv_sec
            changedNanoseconds = status.st_mtim.tv_nsec
        }
    }

    private let note: URL

    init(of location: ObjectLocation, in folder: URL) {
        note = folder.appending(path: SignatureV4.hash(of: Data("\(location)".utf8)))
    }

    /// The entity tag of the object that `file` is a copy of, if it is the file that was noted.
    func entityTag(of file: URL) -> String? {
        guard let bytes = FileManager.default.contents(atPath: note.path),
            let noted = try? JSONDecoder().decode(Content.self, from: bytes),
            Content(noted.entityTag, of: file) == noted
        else { return nil }
        return noted.entityTag
    }

    /// Notes that `file` is a copy of the object with `entityTag`. Without a note the object is fetched again, so that it
    /// is no error where it cannot be written.
    func write(_ entityTag: String, of file: URL) {
        guard let content = Content(entityTag, of: file), let bytes = try? JSONEncoder().encode(content) else { return }
        try? FileManager.default.createDirectory(
            at: note.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? bytes.write(to: note, options: .atomic)
    }
}
