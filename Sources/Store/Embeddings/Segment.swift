internal import LinearAlgebra
internal import Moderation

/// A file of the embedding cache, `layout 1`: up to 512 images, the one place that spells its names.
///
/// The index behind its seal is the digests of its images, so that a lookup reads only the segments it needs.
enum Segment {
    static let capacity = 512

    static let layout = StoredArray("moderato-embeddings")
    static let version = StoredArray(1)

    static func encode(
        _ images: CachedEmbeddings, baseModel: Digest, labels: [Label], path: String
    ) throws(StoreError) -> FileContent {
        if let fault = images.fault { throw .unstorable(path: path, reason: fault) }
        var names: [String] = []
        for label in labels { names.append(try LabelName.encode(label, path: path)) }
        var content = FileContent()
        content["@layout"] = layout
        content["@layout_version"] = version
        content["@base_model"] = StoredArray(baseModel.description)
        content["labels"] = StoredArray(names)
        content["images"] = StoredArray(images.images.flatMap(\.bytes), shape: [images.images.count, 32])
        content["embeddings"] = stored(images.embeddings)
        content["base_scores"] = stored(images.baseScores)
        return content
    }

    private static func stored(_ matrix: Matrix) -> StoredArray {
        StoredArray(matrix.storage, shape: [matrix.rows, matrix.columns])
    }

    /// The images of a segment, whose base model, labels and dimensions must be those given.
    static func decode(
        _ reader: ContentReader, baseModel: Digest, labels: [Label], dimensions: Int
    ) throws(StoreError) -> CachedEmbeddings {
        try reader.expect(reader.content["@layout"] == layout, "its layout is not moderato-embeddings")
        try reader.expect(reader.content["@layout_version"] == version, "its layout has another version")
        try reader.expect(try reader.text("@base_model") == baseModel.description, "it is of another base model")
        let images = try reader.digests("images")
        let embeddings = try reader.matrix("embeddings")
        let baseScores = try reader.matrix("base_scores")
        let names = try reader.texts("labels", count: baseScores.columns)
        for rows in [embeddings.rows, baseScores.rows] {
            try reader.expect(rows == images.count, "\(images.count) images, but \(rows) rows beside them")
        }
        guard names == labels.map(\.description), embeddings.columns == dimensions else {
            throw .mismatch(
                path: reader.path,
                reason: "it has \(embeddings.columns) dimensions and \(names.count) labels of the same base model, not"
                    + " \(dimensions) and \(labels.count) in that order; delete its folder and run again")
        }
        let segment = CachedEmbeddings(images: images, embeddings: embeddings, baseScores: baseScores)
        if let fault = segment.fault { throw .damaged(path: reader.path, reason: fault) }
        return segment
    }

    /// The images that the segment's index names.
    static func index(of file: borrowing SealedFile) throws(StoreError) -> [Digest] {
        let bytes = try file.index()
        return stride(from: 0, to: bytes.count - 31, by: 32).compactMap { Digest(bytes: bytes[$0..<$0 + 32]) }
    }
}
