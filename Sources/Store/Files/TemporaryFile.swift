internal import Foundation
internal import Synchronization

/// A file on its way to `destination`: removed at the end of its scope unless it was put in place.
///
/// It is called `<name>.tmp-<process>-<counter>` and holds an advisory lock while its process lives, so that a sweep
/// knows a live writer from a dead one without trusting process numbers, which are used again.
struct TemporaryFile: ~Copyable {
    private let destination: String
    private let path: String
    private let file: Descriptor
    private var isInPlace = false

    private static let counter = Atomic<Int>(0)

    /// A new empty file beside `destination`.
    ///
    /// - Parameter isSecret: whether only its owner may read it.
    init(for destination: String, isSecret: Bool = false) throws(StoreError) {
        self.destination = destination
        while true {
            let number = TemporaryFile.counter.wrappingAdd(1, ordering: .relaxed).newValue
            let path = "\(destination).tmp-\(getpid())-\(number)"
            // On a shared folder another machine may have a process of the same number.
            if access(path, F_OK) == 0 { continue }
            let file = try Descriptor(
                opening: path, flags: O_RDWR | O_CREAT | O_EXCL, for: .write, subject: destination,
                permissions: isSecret ? 0o600 : 0o644)
            _ = file.lock(waiting: true)
            // A sweep may have come between making the file and locking it; then it has no link any more.
            if try file.status(for: .write).st_nlink == 0 { continue }
            self.path = path
            self.file = file
            return
        }
    }

    deinit {
        if !isInPlace { unlink(path) }
    }

    /// Writes `bytes` and reads them back.
    func fill(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
        try file.write(bytes)
        let written = try file.read(bytes.count + 1)
        guard written.count == bytes.count, written.withUnsafeBytes({ isEqual($0, bytes) }) else {
            throw .refused(action: .write, path: destination, reason: "the file system gives back other bytes")
        }
    }

    /// Waits until the file's bytes are on the device.
    func synchronize() throws(StoreError) {
        try file.synchronize()
    }

    /// Gives the file its name, in one step, in place of what had that name.
    mutating func putInPlace() throws(StoreError) {
        guard rename(path, destination) == 0 else { throw .system(errno, .write, destination) }
        isInPlace = true
    }

    /// Whether two buffers of one length are the same.
    private func isEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard let first = left.baseAddress, let second = right.baseAddress else { return left.isEmpty && right.isEmpty }
        return memcmp(first, second, left.count) == 0
    }
}
