public import Foundation
internal import Synchronization

/// The right to do one piece of work, which at most one process or thread of all that share a folder has at a time.
///
/// It is an advisory lock on a small file, given up and the file removed when the object goes, or when its process ends,
/// however it ends. Locks only save work: files that are written twice are written whole, and with the same bytes.
public final class WorkLock: Sendable {
    /// How long `wait` sleeps between two looks.
    private static let interval: useconds_t = 50_000

    private let path: String
    private let file: Descriptor
    private let leavesFile = Atomic(false)

    /// Takes the lock that `file` stands for, made where it is missing; nil where another holds it.
    ///
    /// On a file system without locks everyone gets it.
    public static func take(_ file: URL) throws(StoreError) -> WorkLock? {
        let path = file.path
        try Folder(path: file.deletingLastPathComponent().path).create(durability: .system)
        while true {
            let file = try Descriptor(opening: path, flags: O_RDWR | O_CREAT, for: .lock)
            if file.lock(waiting: false) == EWOULDBLOCK { return nil }
            // Who held the lock may have removed the file between opening and locking it here: then this is no lock.
            if try file.isStill(at: path) { return WorkLock(path: path, file: file) }
        }
    }

    /// Takes the lock that `file` stands for as soon as nobody else holds it; nil where `shouldStop` says so before.
    ///
    /// Blocks the thread: not for Swift's cooperative ones.
    public static func wait(_ file: URL, until shouldStop: () -> Bool) throws(StoreError) -> WorkLock? {
        while !shouldStop() {
            if let lock = try take(file) { return lock }
            usleep(interval)
        }
        return nil
    }

    private init(path: String, file: consuming Descriptor) {
        self.path = path
        self.file = file
    }

    /// Lets the file stand when the lock is given up, as if the process had been killed.
    func leaveFile() { leavesFile.store(true, ordering: .relaxed) }

    /// The file goes before the lock does, so that whoever opened it meanwhile sees that it is gone.
    deinit {
        if !leavesFile.load(ordering: .relaxed) { unlink(path) }
    }
}
