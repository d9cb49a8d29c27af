internal import Moderation

/// All that an HDF5 file says, as a value: its datasets and attributes by key.
///
/// A dataset's key is its path (`images/digest`), an attribute's that of its object, `@` and its name (`@layout` on the
/// root, `labels/0@name` on a group). Groups are there because something is in or on them.
struct FileContent: Sendable, Equatable {
    private(set) var arrays: [String: StoredArray] = [:]

    subscript(key: String) -> StoredArray? {
        get { arrays[key] }
        set { arrays[key] = newValue }
    }

    /// The keys in order of their UTF-8 bytes: the order in which files are written and digested.
    var keys: [String] {
        arrays.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The attribute that is written last and holds `digest`, so that nothing is complete without it.
    static let completeKey = "@complete"

    /// The digest of all datasets and attributes but the commit marker: the same for the same content, whatever the
    /// version of the HDF5 library, its chunks and its compression.
    ///
    /// SHA-256 over all keys in order; of each the line `key TAB type TAB dimensions joined by x LF`, then the elements.
    var digest: Digest {
        var bytes: [UInt8] = []
        for key in keys where key != FileContent.completeKey {
            guard let array = arrays[key] else { continue }
            let shape = array.shape.map(String.init).joined(separator: "x")
            bytes.append(contentsOf: "\(key)\t\(array.type.rawValue)\t\(shape)\n".utf8)
            bytes.append(contentsOf: array.bytes)
        }
        return Digest(of: bytes)
    }

    /// The content with its commit marker.
    func completed() -> FileContent {
        var content = self
        content[FileContent.completeKey] = StoredArray(digest.description)
        return content
    }

    /// Whether the commit marker is there and fits the rest.
    var isComplete: Bool {
        self[FileContent.completeKey] == StoredArray(digest.description)
    }
}

/// A key taken apart.
struct ContentKey {
    /// Path of the dataset, or of the object that bears the attribute; empty for the root.
    let object: String
    /// The attribute's name; nil for a dataset.
    let attribute: String?

    init(_ key: String) {
        let parts = key.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        object = String(parts[0])
        attribute = parts.count > 1 ? String(parts[1]) : nil
    }

    /// The groups that must be there, outermost first: all above a dataset, and an attribute's own object.
    var groups: [String] {
        let names = object.split(separator: "/")
        let depth = attribute == nil ? names.count - 1 : names.count
        return depth > 0 ? (1...depth).map { names.prefix($0).joined(separator: "/") } : []
    }
}
