internal import Evaluation
internal import Moderation

/// An image table in a file, `layout 1`: the one place that spells the names of its groups, datasets and attributes.
///
/// `docs/store-layout.md` describes it for readers in other languages.
enum ImageTableContent {
    static let layout = StoredArray("moderato-images")
    static let version = StoredArray(1)

    /// What the file of `table` says; `path` is for errors.
    static func encode(_ table: ImageTable, path: String) throws(StoreError) -> FileContent {
        var content = FileContent()
        content["@layout"] = layout
        content["@layout_version"] = version
        content["digest"] = StoredArray(table.images.flatMap(\.digest.bytes), shape: [table.images.count, 32])
        content["path"] = StoredArray(table.images.map(\.path))
        content["group"] = StoredArray(table.images.map(\.group))
        content["labels@count"] = StoredArray(table.targets.count)
        for (index, target) in table.targets.enumerated() {
            content["labels/\(index)@name"] = StoredArray(try LabelName.encode(target.label, path: path))
            content["labels/\(index)/truth"] = StoredArray(target.truth.map(\.rawValue))
            content["labels/\(index)/base_scores"] = StoredArray(target.baseScores)
        }
        return content
    }

    /// The table that a file says, all that a table promises being checked.
    static func decode(_ reader: ContentReader) throws(StoreError) -> ImageTable {
        try reader.expect(reader.content["@layout"] == layout, "its layout is not moderato-images")
        try reader.expect(reader.content["@layout_version"] == version, "its layout has another version")
        let images = try decodeImages(reader)
        let count = try reader.number("labels@count", .int64, as: Int64.self)
        var targets: [ImageTable.Target] = []
        for index in 0..<max(0, count) {
            targets.append(try decodeTarget(reader, at: "labels/\(index)", images: images.count))
        }
        return ImageTable(images: images, targets: targets)
    }

    private static func decodeImages(_ reader: ContentReader) throws(StoreError) -> [TrialRecord.ImageEntry] {
        let digests = try reader.digests("digest")
        let paths = try reader.texts("path", count: digests.count)
        let groups = try reader.texts("group", count: digests.count)
        return digests.indices.map { .init(digest: digests[$0], path: paths[$0], group: groups[$0]) }
    }

    private static func decodeTarget(
        _ reader: ContentReader, at group: String, images: Int
    ) throws(StoreError) -> ImageTable.Target {
        let truth = try reader.numbers("\(group)/truth", .uint8, as: UInt8.self, count: images)
        let known = truth.compactMap(Truth.init(rawValue:))
        try reader.expect(known.count == images, "\(group)/truth has values that are no truth")
        return .init(
            label: try LabelName.decode(try reader.text("\(group)@name"), path: reader.path), truth: known,
            baseScores: try reader.numbers("\(group)/base_scores", .float32, as: Float.self, count: images))
    }
}
