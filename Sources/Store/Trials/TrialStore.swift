public import Evaluation
public import Foundation
public import Moderation

/// The finished trials of a workspace: one immutable file for each, named after its id.
///
/// `trials/<first two digits>/<id>.h5` holds the record and `<id>.log.json` beside it what differs from one execution to
/// the next. Any number of threads and processes may use a store at once.
public struct TrialStore: Sendable {
    /// The folder that `trials` is in.
    public let folder: URL
    /// What its files survive.
    public let durability: Durability

    /// What `write` found.
    public enum Outcome: Sendable, Equatable {
        /// There was no such file.
        case written
        /// The trial was there, in order, and stays as it is.
        case kept
        /// The file was damaged, as the error says, and was replaced.
        case replaced(StoreError)
    }

    /// The store in `folder`, which is made when first written to; what dead writers left behind is removed.
    public init(folder: URL, durability: Durability = .device) throws(StoreError) {
        self.folder = folder
        self.durability = durability
        for shelf in try shelves() { try AtomicFile.sweep(URL(filePath: shelf.path)) }
    }

    /// The file of the trial `id`, whether it is there or not.
    public func file(of id: Digest) -> URL {
        URL(filePath: shelf(of: id).path(of: "\(id).h5"))
    }

    /// The run log of the trial `id`, whether it is there or not.
    public func logFile(of id: Digest) -> URL {
        URL(filePath: shelf(of: id).path(of: "\(id).log.json"))
    }

    /// What stands for the right to train the trial `id`: see `WorkLock`.
    public func lockFile(of id: Digest) -> URL {
        folder.appending(path: "locks/\(id).lock")
    }

    /// Writes `record`, unless the store has it in good order.
    @discardableResult
    public func write(_ record: TrialRecord) throws(StoreError) -> Outcome {
        let file = file(of: record.id)
        guard let damage = try damage(of: record.id) else { return .kept }
        let content = try TrialContent.encode(record, path: file.path)
        let bytes = try content.sealed(as: .trial, path: file.path)
        try AtomicFile.write(bytes, to: file, durability: durability)
        return damage == .missing(path: file.path) ? .written : .replaced(damage)
    }

    /// The record of the trial `id`, every byte of its file checked.
    public func read(_ id: Digest) throws(StoreError) -> TrialRecord {
        let file = try SealedFile(opening: file(of: id).path, as: .trial)
        let reader = ContentReader(content: try file.content(), path: file.path)
        let record = try TrialContent.decode(reader)
        try reader.expect(record.id == id, "it holds the trial \(record.id.short)")
        return record
    }

    /// Whether the store has the trial `id`: a file that is as long as it was written, under this version's layout.
    ///
    /// Takes microseconds; `read` checks every byte.
    public func contains(_ id: Digest) throws(StoreError) -> Bool {
        do {
            _ = try SealedFile(opening: file(of: id).path, as: .trial)
            return true
        } catch {
            guard error.isReplaceable else { throw error }
            return false
        }
    }

    /// The ids of all files in the store, in order; damaged ones too.
    public func ids() throws(StoreError) -> [Digest] {
        var ids: [Digest] = []
        for shelf in try shelves() {
            ids += try shelf.names().filter { $0.hasSuffix(".h5") }.compactMap { Digest(hexadecimal: $0.dropLast(3)) }
        }
        return ids.sorted()
    }

    /// Writes `log`, a JSON text, as the run log of the trial `id`, in place of one from before.
    public func writeLog(_ log: Data, id: Digest) throws(StoreError) {
        try AtomicFile.write(log, to: logFile(of: id), durability: durability)
    }

    /// The run log of the trial `id`.
    public func readLog(_ id: Digest) throws(StoreError) -> Data {
        let file = try Descriptor(opening: logFile(of: id).path, flags: O_RDONLY | O_NONBLOCK, for: .read)
        return Data(try file.read(try file.regularSize()))
    }

    /// Why the file of `id` is not to be kept; nil where it is in order.
    private func damage(of id: Digest) throws(StoreError) -> StoreError? {
        do {
            _ = try read(id)
            return nil
        } catch {
            guard error.isReplaceable else { throw error }
            return error
        }
    }

    private var trials: Folder { Folder(path: folder.appending(path: "trials").path) }

    private func shelf(of id: Digest) -> Folder {
        Folder(path: trials.path(of: String(id.description.prefix(2))))
    }

    private func shelves() throws(StoreError) -> [Folder] {
        try trials.names().filter { $0.contains(/^[0-9a-f]{2}$/) }.map { Folder(path: trials.path(of: $0)) }
    }
}

extension StoreError {
    /// Whether writing the file anew is the answer.
    var isReplaceable: Bool {
        switch self {
        case .missing, .damaged: true
        case .refused, .unknownLayout, .mismatch, .unstorable: false
        }
    }
}
