internal import BaseModel
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Images with what one encoder made of them.
struct EncodedImages: Sendable {
    /// Row of each image in `cached`.
    let rows: [Digest: Int]
    /// Embeddings, and base scores where the encoder is a base model.
    let cached: CachedEmbeddings
    /// Columns of each network's part of an embedding, in order.
    let blocks: [Int]
    /// Images that cannot be used, by path.
    let bad: [BadImage]

    init(_ cached: CachedEmbeddings, blocks: [Int], bad: [BadImage]) {
        rows = Dictionary(uniqueKeysWithValues: cached.images.enumerated().map { ($1, $0) })
        self.cached = cached
        self.blocks = blocks
        self.bad = bad
    }

    /// Rows of `images`, all of which were encoded.
    func rows(of images: [SelectedImage]) -> [Int] {
        images.map { image in
            guard let row = rows[image.digest] else {
                preconditionFailure("image \(image.record.path) is one of \(images.count), but has no embedding")
            }
            return row
        }
    }

    /// `[images x dimensions]`: the embeddings of `images`, in that order.
    func matrix(of images: [SelectedImage]) -> Matrix {
        cached.embeddings.selecting(rows: rows(of: images))
    }
}

/// Images with everything that an experiment's adapters learn from.
struct EmbeddedImages: Sendable {
    /// What the base model's own single pass gave, base scores included.
    let plain: EncodedImages
    /// What declared embeddings gave, by their digests.
    private var others: [Digest: EncodedImages] = [:]

    init(_ plain: EncodedImages) {
        self.plain = plain
    }

    mutating func add(_ images: EncodedImages, as embedding: EmbeddingDescription) {
        others[embedding.digest] = images
    }

    /// What `embedding` gave; the base model's own single pass where it is `nil`.
    subscript(embedding: EmbeddingDescription?) -> EncodedImages {
        guard let embedding else { return plain }
        guard let images = others[embedding.digest] else {
            preconditionFailure("embedding `\(embedding.name)` is none of the \(others.count) computed")
        }
        return images
    }

    /// Images that cannot be used, by path.
    var bad: [BadImage] { plain.bad + others.values.flatMap(\.bad).sorted { $0.path < $1.path } }

    /// Whether `image` has an embedding of every kind.
    func contains(_ image: SelectedImage) -> Bool {
        plain.rows[image.digest] != nil && others.values.allSatisfy { $0.rows[image.digest] != nil }
    }
}
