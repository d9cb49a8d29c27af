internal import Evaluation
internal import LinearAlgebra
internal import Moderation

/// An adapter's trial in a file, `layout 1`: the one place that spells the names of its groups, datasets and attributes.
///
/// The groups `images` and `trial` hold what an image table and a trial's file hold at their roots. `docs/store-layout.md`
/// describes it for readers in other languages.
enum AdapterTrialContent {
    static let layout = StoredArray("moderato-adapter")
    static let version = StoredArray(1)

    private static let images = "images"
    private static let trial = "trial"

    /// What the file of `trial` says; `path` is for errors.
    static func encode(_ adapter: AdapterTrial, path: String) throws(StoreError) -> FileContent {
        let table = try ImageTableContent.encode(adapter.record.table, path: path)
        var content = FileContent()
        content["@layout"] = layout
        content["@layout_version"] = version
        content.add(table, in: images)
        content.add(try TrialContent.encode(adapter.record, images: table.digest, path: path), in: trial)
        guard !adapter.supports.isEmpty else { return content }
        let matrix = adapter.embeddings
        content["supports/digest"] = StoredArray(adapter.supports.flatMap(\.bytes), shape: [matrix.rows, 32])
        content["supports/embeddings"] = StoredArray(matrix.storage, shape: [matrix.rows, matrix.columns])
        return content
    }

    /// The trial that a file says, all that one promises being checked.
    static func decode(_ reader: ContentReader) throws(StoreError) -> AdapterTrial {
        try reader.expect(reader.content["@layout"] == layout, "its layout is not moderato-adapter")
        try reader.expect(reader.content["@layout_version"] == version, "its layout has another version")
        let stored = reader.content.group(images)
        let table = try ImageTableContent.decode(ContentReader(content: stored, path: reader.path))
        let own = ContentReader(content: reader.content.group(trial), path: reader.path)
        let record = try TrialContent.decode(own) { (digest) throws(StoreError) in
            try reader.expect(digest == stored.digest, "its trial is of other images")
            return table
        }
        guard reader.content["supports/digest"] != nil else { return AdapterTrial(record: record) }
        return try decodeSupports(reader, of: record)
    }

    private static func decodeSupports(
        _ reader: ContentReader, of record: TrialRecord
    ) throws(StoreError) -> AdapterTrial {
        let supports = try reader.digests("supports/digest")
        let embeddings = try reader.matrix("supports/embeddings")
        try reader.expect(
            embeddings.rows == supports.count,
            "it has \(supports.count) images to compare with, and \(embeddings.rows) embeddings")
        try reader.expect(Set(supports).count == supports.count, "it has an image to compare with twice")
        try reader.expect(embeddings.storage.allSatisfy(\.isFinite), "an embedding is not finite")
        return AdapterTrial(record: record, supports: supports, embeddings: embeddings)
    }
}

extension FileContent {
    /// Adds all of `content` below the group `name`.
    fileprivate mutating func add(_ content: FileContent, in name: String) {
        for (key, array) in content.arrays { self[key.hasPrefix("@") ? name + key : "\(name)/\(key)"] = array }
    }

    /// What stands below the group `name`, by keys that start from there.
    fileprivate func group(_ name: String) -> FileContent {
        var content = FileContent()
        for (key, array) in arrays {
            if key.hasPrefix("\(name)@") { content[String(key.dropFirst(name.count))] = array }
            if key.hasPrefix("\(name)/") { content[String(key.dropFirst(name.count + 1))] = array }
        }
        return content
    }
}
