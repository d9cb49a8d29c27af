public import LinearAlgebra
public import Moderation

/// What the base model made of some images: row `i` of both matrices is of image `i`.
public struct CachedEmbeddings: Sendable, Equatable {
    /// Digests of the images' bytes.
    public let images: [Digest]
    /// `[images x dimensions]`.
    public let embeddings: Matrix
    /// Base scores as logits, `[images x labels]`.
    public let baseScores: Matrix

    public init(images: [Digest], embeddings: Matrix, baseScores: Matrix) {
        for rows in [embeddings.rows, baseScores.rows] {
            precondition(rows == images.count, "\(images.count) images, but \(rows) rows beside them")
        }
        self.images = images
        self.embeddings = embeddings
        self.baseScores = baseScores
    }

    /// The images at `indices`, in that order.
    public func selecting(_ indices: [Int]) -> CachedEmbeddings {
        CachedEmbeddings(
            images: indices.map { images[$0] }, embeddings: embeddings.selecting(rows: indices),
            baseScores: baseScores.selecting(rows: indices))
    }

    /// What is wrong with the numbers of some image, or nil: an embedding is finite and not all zero, a base score is a
    /// number, and below infinity.
    var fault: String? {
        for index in images.indices {
            let embedding = embeddings.row(index)
            if !embedding.allSatisfy(\.isFinite) { return "the embedding of image \(images[index]) is not finite" }
            if embedding.allSatisfy({ $0 == 0 }) { return "the embedding of image \(images[index]) is all zero" }
            if !baseScores.row(index).allSatisfy({ $0 < .infinity }) {
                return "a base score of image \(images[index]) is not a number"
            }
        }
        return nil
    }
}
