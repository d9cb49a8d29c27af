internal import Foundation
internal import Synchronization

/// An object on its way to its name: removed at the end of its scope unless it was put in place.
///
/// It holds an advisory lock while its process lives, so that a sweep knows a live writer from a dead one.
struct TemporaryObject: ~Copyable {
    private let folder: OpenFile
    private let file: OpenFile
    private let temporary: String
    private let name: String
    private let location: ObjectLocation
    private var isInPlace = false

    private static let counter = Atomic<Int>(0)
    private static let beginning = ".moderato-tmp-"

    /// Whether `name` is one that objects have only on their way.
    static func isTemporary(_ name: String) -> Bool { name.hasPrefix(beginning) }

    /// A new empty file in `folder`.
    init(named name: String, in folder: consuming OpenFile, of location: ObjectLocation) throws(ObjectStorageError) {
        while true {
            let number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
            let temporary = "\(Self.beginning)\(getpid())-\(number)"
            let file = openat(folder.number, temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
            // On a shared folder another machine may have a process of the same number.
            if file < 0 && errno == EEXIST { continue }
            guard file >= 0 else { throw .writing(errno, location) }
            _ = flock(file, LOCK_EX)
            var status = stat()
            // A sweep may have come between making the file and locking it; then it has no link any more.
            if fstat(file, &status) == 0 && status.st_nlink == 0 {
                close(file)
                continue
            }
            self.folder = folder
            self.file = OpenFile(number: file)
            self.temporary = temporary
            self.name = name
            self.location = location
            return
        }
    }

    deinit {
        if !isInPlace { unlinkat(folder.number, temporary, 0) }
    }

    /// Writes `bytes` and gives the object its name, in one step, in place of what had that name.
    ///
    /// - Parameter isDurable: whether bytes and name are on the device when this returns.
    mutating func put(_ bytes: Data, isDurable: Bool) throws(ObjectStorageError) {
        try file.write(bytes, of: location)
        if isDurable { try file.synchronize(location) }
        guard renameat(folder.number, temporary, folder.number, name) == 0 else { throw .writing(errno, location) }
        isInPlace = true
        if isDurable { try folder.synchronize(location) }
    }

    /// Removes what dead writers have left in the folder at `path`; what cannot be removed stays.
    static func sweep(_ path: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] where isTemporary(name) {
            let file = "\(path)/\(name)"
            let number = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
            guard number >= 0 else { continue }
            if flock(number, LOCK_EX | LOCK_NB) == 0 { unlink(file) }
            close(number)
        }
    }
}
