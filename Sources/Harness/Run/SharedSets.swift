internal import LinearAlgebra
internal import Moderation

/// The embedded images of one part of a trial: labels whose truth is known of the same images share one set.
///
/// Training images whose truth is unknown count as background: they say what images are like.
struct SharedSets<P: Part> {
    private let embeddings: Matrix
    private let blocks: [Int]
    private let groups: [Int]
    private let part: [Int]
    private let background: Matrix?
    private var sets: [[Int]: EmbeddingSet<P>] = [:]

    /// Sets of the images of `embeddings`, `[images x dimensions]`, without a background.
    init(embeddings: Matrix, blocks: [Int], groups: [Int]) {
        self.embeddings = embeddings
        self.blocks = blocks
        self.groups = groups
        part = []
        background = nil
    }

    /// Sets of training images, whose background are the images of `background` and the others of `part`.
    init(
        embeddings: Matrix, blocks: [Int], groups: [Int], part: Indices<Training>, background: Matrix
    ) where P == Training {
        self.embeddings = embeddings
        self.blocks = blocks
        self.groups = groups
        self.part = part.values
        self.background = background
    }

    /// The set of the images at `known`.
    mutating func set(of known: Indices<P>) -> EmbeddingSet<P> {
        if let set = sets[known.values] { return set }
        let members = Set(known.values)
        let unlabelled = part.filter { !members.contains($0) }
        let set = EmbeddingSet<P>(
            embeddings: embeddings.selecting(rows: known.values), groups: known.values.map { groups[$0] },
            blocks: blocks,
            background: unlabelled.isEmpty ? background : background?.appending(embeddings, unlabelled))
        sets[known.values] = set
        return set
    }
}

extension Matrix {
    /// The rows of this matrix, then those of `other` at `indices`.
    fileprivate func appending(_ other: Matrix, _ indices: [Int]) -> Matrix {
        let added = other.selecting(rows: indices)
        return Matrix(rows: rows + added.rows, columns: columns, storage: storage + added.storage)
    }
}
