internal import LinearAlgebra
internal import Moderation

/// The embedded images of one part of a trial: labels whose truth is known of the same images share one set.
struct SharedSets<P: Part> {
    private let embeddings: Matrix
    private let blocks: [Int]
    private let groups: [Int]
    private var sets: [[Int]: EmbeddingSet<P>] = [:]

    /// Sets of the images of `embeddings`, `[images x dimensions]`.
    init(embeddings: Matrix, blocks: [Int], groups: [Int]) {
        self.embeddings = embeddings
        self.blocks = blocks
        self.groups = groups
    }

    /// The set of the images at `part`.
    mutating func set(of part: Indices<P>) -> EmbeddingSet<P> {
        if let set = sets[part.values] { return set }
        let set = EmbeddingSet<P>(
            embeddings: embeddings.selecting(rows: part.values), groups: part.values.map { groups[$0] },
            blocks: blocks)
        sets[part.values] = set
        return set
    }
}
