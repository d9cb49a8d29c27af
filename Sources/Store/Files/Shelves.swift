internal import Foundation
internal import Moderation

/// Files named after digests, spread over folders that are named after their first two digits.
struct Shelves {
    /// The folder that the shelves are in.
    let folder: Folder
    /// How the files' names end: `.h5`.
    let ending: String

    /// The file of `id`, whether it is there or not.
    func file(of id: Digest) -> String { shelf(of: id).path(of: name(of: id)) }

    /// The folders that are there, in order.
    func all() throws(StoreError) -> [Folder] {
        try folder.names().filter { $0.contains(/^[0-9a-f]{2}$/) }.map { Folder(path: folder.path(of: $0)) }
    }

    /// The digests that files are named after, in order.
    func ids() throws(StoreError) -> [Digest] {
        var ids: [Digest] = []
        for shelf in try all() { ids += try shelf.digests(ending: ending) }
        return ids
    }

    /// Those of `ids`, in any order, that files are named after: each shelf is listed once.
    func ids(among ids: some Sequence<Digest>) throws(StoreError) -> [Digest] {
        var found: [Digest] = []
        for (shelf, wanted) in Dictionary(grouping: ids, by: { shelf(of: $0).path }) {
            let names = Set(try Folder(path: shelf).names())
            found += wanted.filter { names.contains(name(of: $0)) }
        }
        return found
    }

    /// Writes the file of `id` in one step, without waiting for the device.
    func write(_ bytes: some ContiguousBytes, for id: Digest) throws(StoreError) {
        try AtomicFile.write(bytes, in: shelf(of: id), as: name(of: id), .system)
    }

    /// Removes the file of `id`, if there is one.
    func remove(_ id: Digest) throws(StoreError) {
        try shelf(of: id).remove(name(of: id))
    }

    private func name(of id: Digest) -> String { "\(id)\(ending)" }

    private func shelf(of id: Digest) -> Folder {
        Folder(path: folder.path(of: String(id.description.prefix(2))))
    }
}
