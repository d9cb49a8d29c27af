internal import Moderation
internal import Synchronization

/// The image tables of a store: `images/<content digest>.h5`, immutable files that trials refer to by digest.
///
/// Each is written, and read, once in the life of this object.
final class ImageTableShelf: Sendable {
    private let folder: Folder
    private let known = Mutex(Known())

    private struct Known {
        /// Tables that are there, since this object wrote or read them.
        var tables: [Digest: ImageTable] = [:]
        /// Tables whose files are in order and stay, since a writer of this store has looked.
        var kept: [(table: ImageTable, digest: Digest)] = []
    }

    init(_ folder: Folder) { self.folder = folder }

    /// The file of the table `digest`, whether it is there or not.
    func file(of digest: Digest) -> String { folder.path(of: "\(digest).h5") }

    /// The table `digest`, every byte of its file checked when it is first asked for.
    func table(_ digest: Digest) throws(StoreError) -> ImageTable {
        try known.withLock { (known) throws(StoreError) in
            if let table = known.tables[digest] { return table }
            // One that is not to be had is looked for again: another process may write it meanwhile.
            let table = try read(digest)
            known.tables[digest] = table
            return table
        }
    }

    /// Whether the table `digest` is to be had.
    func contains(_ digest: Digest) throws(StoreError) -> Bool {
        do throws(StoreError) {
            _ = try table(digest)
            return true
        } catch {
            guard error.isReplaceable else { throw error }
            return false
        }
    }

    /// Sees to it that the file of `table` is on the device, before a trial refers to it; the digest it goes by.
    func keep(_ table: ImageTable) throws(StoreError) -> Digest {
        try known.withLock { (known) throws(StoreError) in
            if let entry = known.kept.first(where: { $0.table == table }) { return entry.digest }
            let content = try ImageTableContent.encode(table, path: folder.path)
            let digest = content.digest
            do throws(StoreError) {
                _ = try read(digest)
            } catch {
                guard error.isReplaceable else { throw error }
                let bytes = try content.sealed(as: .images, path: file(of: digest))
                try AtomicFile.write(bytes, in: folder, as: "\(digest).h5", .device)
            }
            known.kept.append((table, digest))
            known.tables[digest] = table
            return digest
        }
    }

    /// Removes the tables that are not in `referenced`; how many there were.
    func remove(except referenced: Set<Digest>) throws(StoreError) -> Int {
        try known.withLock { (known) throws(StoreError) in
            known = Known()
            var removed = 0
            for digest in try folder.digests(ending: ".h5") where !referenced.contains(digest) {
                try folder.remove("\(digest).h5")
                removed += 1
            }
            return removed
        }
    }

    private func read(_ digest: Digest) throws(StoreError) -> ImageTable {
        let file = try SealedFile(opening: file(of: digest), as: .images)
        let content = try file.content()
        let reader = ContentReader(content: content, path: file.path)
        try reader.expect(content.digest == digest, "it holds other images than its name says")
        return try ImageTableContent.decode(reader)
    }
}
