internal import LinearAlgebra
internal import Moderation

/// The embedded images of one part of a trial: labels whose truth is known of the same images share one set.
struct SharedSets<P: Part> {
    private let dataset: DatasetEmbeddings
    private let groups: [Int]
    private let background: Matrix?
    private var sets: [[Int]: EmbeddingSet<P>] = [:]

    /// Sets of the images of `dataset`, beside a background where they are trained on.
    init(_ dataset: DatasetEmbeddings, groups: [Int], background: Matrix? = nil) {
        self.dataset = dataset
        self.groups = groups
        self.background = background
    }

    /// The set of the images at `known`.
    mutating func set(of known: Indices<P>) -> EmbeddingSet<P> {
        if let set = sets[known.values] { return set }
        let set = EmbeddingSet<P>(
            embeddings: dataset.embeddings.selecting(rows: known.values), groups: known.values.map { groups[$0] },
            blocks: dataset.blocks, background: background, origin: DatasetRows(of: dataset, at: known.values))
        sets[known.values] = set
        return set
    }
}
