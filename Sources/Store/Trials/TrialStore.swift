public import Evaluation
public import Foundation
public import Moderation

/// The finished trials of a workspace: one immutable file for each, named after its id.
///
/// `trials/<first two digits>/<id>.h5` holds a record, but for what all trials of its experiment share: that is in an
/// image table, `images/<content digest>.h5`. Any number of threads and processes may use a store at once.
public struct TrialStore: Sendable {
    /// The folder that `trials` is in.
    public let folder: URL
    /// Damaged files that a power failure left, which were removed when the store was opened: their trials are missing.
    public let removed: [StoreError]

    let use: StoreUse
    let tables: ImageTableShelf
    let kept: Shelves
    let failed: Shelves

    /// What `write` found.
    public enum Outcome: Sendable, Equatable {
        /// There was no such file.
        case written
        /// The trial was there, in order, and stays as it is.
        case kept
        /// The file was not in order, as the error says, and was replaced.
        case replaced(StoreError)
    }

    /// The store in `folder`, which is made when first written to.
    ///
    /// Waits while another process cleans it.
    ///
    /// - Parameter recovering: whether what dead writers left behind is looked after: not by who only reads, and checks what
    ///   is read.
    public init(folder: URL, recovering: Bool = true) throws(StoreError) {
        try self.init(folder: folder, use: StoreUse(of: Folder(path: folder.path)), recovering: recovering)
    }

    init(folder: URL, use: StoreUse, recovering: Bool = true) throws(StoreError) {
        let place = Folder(path: folder.path)
        let kept = Shelves(folder: place.folder("trials"), ending: ".h5")
        let failed = Shelves(folder: place.folder("failures"), ending: ".json")
        self.folder = folder
        self.use = use
        self.kept = kept
        self.failed = failed
        tables = ImageTableShelf(place.folder("images"))
        var removed: [StoreError] = []
        if recovering {
            try use.recover { () throws(StoreError) in
                for shelf in try kept.all() + failed.all() + [place.folder("images")] {
                    try AtomicFile.sweep(URL(filePath: shelf.path))
                }
                removed = try kept.removeDamaged()
            }
        }
        self.removed = removed
    }

    /// The file of the trial `id`, whether it is there or not.
    public func file(of id: Digest) -> URL { URL(filePath: kept.file(of: id)) }

    /// What stands for the right to train the trial `id`: see `WorkLock`.
    public func lockFile(of id: Digest) -> URL { folder.appending(path: "locks/trials/\(id).lock") }

    /// Writes `record`, unless the store has it in good order, and forgets that the trial failed before.
    ///
    /// Does not wait for the device: see `barrier`.
    @discardableResult
    public func write(_ record: TrialRecord) throws(StoreError) -> Outcome {
        try use.beginWriting()
        let images = try tables.keep(record.table)
        let outcome = try write(record, images: images)
        try failed.remove(record.id)
        return outcome
    }

    private func write(_ record: TrialRecord, images: Digest) throws(StoreError) -> Outcome {
        guard let fault = try fault(of: record.id) else { return .kept }
        let path = kept.file(of: record.id)
        let content = try TrialContent.encode(record, images: images, path: path)
        let bytes = try content.sealed(as: .trial, index: images.bytes, path: path)
        try kept.write(bytes, for: record.id)
        return fault == .missing(path: path) ? .written : .replaced(fault)
    }

    /// Waits until all that was written through this store is on the device; to be called when nothing is being written.
    ///
    /// Before, a power failure may damage what was written. The next use of the store notices, even where this was never
    /// called: it checks every byte of every trial then.
    public func barrier() throws(StoreError) { try use.settle() }

    /// The record of the trial `id`, every byte of its file checked.
    public func read(_ id: Digest) throws(StoreError) -> TrialRecord {
        let file = try SealedFile(opening: kept.file(of: id), as: .trial)
        let reader = ContentReader(content: try file.content(), path: file.path)
        let record = try TrialContent.decode(reader, table: tables.table)
        try reader.expect(record.id == id, "it holds the trial \(record.id.short)")
        return record
    }

    /// Whether the store has the trial `id`, as `finished` says.
    public func contains(_ id: Digest) throws(StoreError) -> Bool {
        guard let images = try images(of: id) else { return false }
        return try tables.contains(images)
    }

    /// Those of the trials `ids` that the store has: of each a file of this layout that is as long as it was written, and
    /// the image table it refers to.
    ///
    /// Takes microseconds a trial; `read` checks every byte.
    public func finished(among ids: some Sequence<Digest>) throws(StoreError) -> Set<Digest> {
        var finished: Set<Digest> = []
        for id in try kept.ids(among: ids) where try contains(id) { finished.insert(id) }
        return finished
    }

    /// The ids of all files in the store, in order; those that are not in order too.
    public func ids() throws(StoreError) -> [Digest] { try kept.ids() }

    /// The image table that the file of `id` refers to; nil where there is no such file in order.
    func images(of id: Digest) throws(StoreError) -> Digest? {
        do throws(StoreError) {
            return Digest(bytes: try SealedFile(opening: kept.file(of: id), as: .trial).index())
        } catch {
            guard error.isReplaceable else { throw error }
            return nil
        }
    }

    /// Why the file of `id` is not to be kept; nil where it is in order.
    private func fault(of id: Digest) throws(StoreError) -> StoreError? {
        do throws(StoreError) {
            _ = try read(id)
            return nil
        } catch {
            guard error.isReplaceable else { throw error }
            return error
        }
    }
}

extension Shelves {
    /// Reads every byte of every sealed trial, and removes those that are damaged; what was wrong with them.
    fileprivate func removeDamaged() throws(StoreError) -> [StoreError] {
        var removed: [StoreError] = []
        for id in try ids() {
            do throws(StoreError) {
                _ = try SealedFile(opening: file(of: id), as: .trial).checkedBytes()
            } catch .damaged(let path, let reason) {
                try remove(id)
                removed.append(.damaged(path: path, reason: reason))
            } catch {
                guard error.isReplaceable else { throw error }  // else nobody believes it anyway
            }
        }
        return removed
    }
}

extension StoreError {
    /// Whether writing the file anew is the answer.
    var isReplaceable: Bool {
        switch self {
        case .missing, .damaged, .outdated: true
        case .refused, .unknownLayout, .mismatch, .unstorable: false
        }
    }
}
