internal import Foundation
internal import Synchronization

/// One use of a store: who cleans it has it alone, all others share it; and who writes says so on disk, so that what a
/// power failure may have damaged is looked for.
///
/// `locks/store.lock` is locked for as long as this object lives. `unsettled/<name>.lock` stands from before the first
/// write until all that was written is on the device: one whose writer is dead says that files may be damaged though
/// their first lines and lengths are in order.
final class StoreUse: Sendable {
    /// Whether nobody shares it.
    let isAlone: Bool

    private let folder: Folder
    private let state: Mutex<State>

    private struct State: ~Copyable {
        /// Locked by this object; nil where there was no store yet.
        var use: Descriptor?
        /// Stands for what was written and may not be on the device yet.
        var unsettled: WorkLock?
    }

    /// A use of the store in `folder` that others share; waits while another cleans it.
    init(of folder: Folder) {
        self.folder = folder
        // Where there is no such file, or it cannot be opened, there is nothing to be cleaned.
        let lock = try? Descriptor(opening: Self.lockPath(folder), flags: O_RDONLY | O_NONBLOCK, for: .lock)
        _ = lock?.lock(waiting: true, shared: true)
        state = Mutex(State(use: lock))
        isAlone = false
    }

    /// A use of the store in `folder` that nobody shares; nil where another uses it.
    init?(alone folder: Folder) throws(StoreError) {
        self.folder = folder
        try folder.folder("locks").create(durability: .system)
        let lock = try Descriptor(opening: Self.lockPath(folder), flags: O_RDWR | O_CREAT, for: .lock)
        // Where there are no locks, nobody can know that he is alone.
        guard lock.lock(waiting: false) == 0 else { return nil }
        state = Mutex(State(use: lock))
        isAlone = true
    }

    /// What was written is settled at the end of its use; where that fails, the next use looks for damage.
    deinit { try? settle() }

    /// Says on disk that files are going to be written; to be called before each write.
    func beginWriting() throws(StoreError) {
        try state.withLock { (state) throws(StoreError) in
            if state.use == nil { state.use = try Self.share(folder) }
            guard state.unsettled == nil else { return }
            let place = folder.folder("unsettled")
            try place.create(durability: .device)
            let mark = URL(filePath: place.path(of: "\(UUID().uuidString).lock"))
            // Whoever recovers may look at it before it is locked here.
            state.unsettled = try WorkLock.wait(mark, until: { false })
            try place.synchronize()
        }
    }

    /// Waits until all that was written is on the device.
    func settle() throws(StoreError) {
        try state.withLock { (state) throws(StoreError) in
            guard let unsettled = state.unsettled else { return }
            do throws(StoreError) {
                try folder.synchronizeFileSystem()
            } catch {
                unsettled.leaveFile()
                throw error
            }
            state.unsettled = nil
        }
    }

    /// Calls `repair` where writers died before what they had written was on the device; once, whoever else asks.
    func recover(_ repair: () throws(StoreError) -> Void) throws(StoreError) {
        let place = folder.folder("unsettled")
        guard try !place.names().isEmpty else { return }
        // A folder that cannot be written has no writers; and whoever reads a file checks all of it.
        guard let turn = try? WorkLock.wait(URL(filePath: folder.path(of: "locks/recovery.lock")), until: { false })
        else { return }
        var dead: [WorkLock] = []
        for name in try place.names() {
            if let lock = try WorkLock.take(URL(filePath: place.path(of: name))) { dead.append(lock) }
        }
        if !dead.isEmpty {
            do throws(StoreError) {
                try repair()
            } catch {
                for lock in dead { lock.leaveFile() }
                throw error
            }
        }
        withExtendedLifetime(turn) {}
    }

    private static func share(_ folder: Folder) throws(StoreError) -> Descriptor {
        try folder.folder("locks").create(durability: .system)
        let lock = try Descriptor(opening: lockPath(folder), flags: O_RDWR | O_CREAT, for: .lock)
        _ = lock.lock(waiting: true, shared: true)
        return lock
    }

    private static func lockPath(_ folder: Folder) -> String { folder.path(of: "locks/store.lock") }
}
