internal import LinearAlgebra
internal import Moderation

/// The embedded images of one part of a trial: labels whose truth is known of the same images share one set.
struct SharedSets<P: Part> {
    private let embeddings: Matrix
    private let blocks: [Int]
    private let groups: [Int]
    private let background: Matrix?
    private var sets: [[Int]: EmbeddingSet<P>] = [:]

    /// Sets of the images of `embeddings`, `[images x dimensions]`, beside a background where they are trained on.
    init(embeddings: Matrix, blocks: [Int], groups: [Int], background: Matrix? = nil) {
        self.embeddings = embeddings
        self.blocks = blocks
        self.groups = groups
        self.background = background
    }

    /// The set of the images at `known`.
    mutating func set(of known: Indices<P>) -> EmbeddingSet<P> {
        if let set = sets[known.values] { return set }
        let set = EmbeddingSet<P>(
            embeddings: embeddings.selecting(rows: known.values), groups: known.values.map { groups[$0] },
            blocks: blocks, background: background)
        sets[known.values] = set
        return set
    }
}
