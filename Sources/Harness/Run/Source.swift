internal import LinearAlgebra
internal import Moderation

/// Embeddings as adapters are given them.
struct Source {
    /// In the order of the plan's images.
    let dataset: DatasetEmbeddings
    /// Of images that are neither trained on nor tested on, `[images x dimensions]`.
    let background: Matrix
    /// Identity of the numbers that training starts from: equal only where every bit of the embeddings is.
    let digest: Digest

    init(_ encoded: EncodedImages, of images: [SelectedImage], background: [SelectedImage]) {
        dataset = DatasetEmbeddings(embeddings: encoded.matrix(of: images), blocks: encoded.blocks)
        self.background = encoded.matrix(of: background)
        let digests = [dataset.embeddings, self.background].filter { $0.rows > 0 }.map { matrix in
            matrix.storage.withUnsafeBytes { Digest(of: $0) }
        }
        digest = digests.count == 1 ? digests[0] : Digest(ofFields: digests.map(\.description))
    }
}
