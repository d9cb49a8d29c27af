public import LinearAlgebra

/// Embedded images of one part of a split: what the rows of several labels have in common.
public final class EmbeddingSet<P: Part>: Sendable {
    /// Dimensions of each encoder whose outputs stand one after the other in an embedding.
    public let blocks: [Int]
    /// The group of each image, as a number: images of one group are never on both sides of a fold.
    public let groups: [Int]
    /// Which of the training images of known truth each image is, counted from 0: selections of a set keep it.
    public let rows: [Int]
    /// Embeddings of further images, `[images x dimensions]`: unlabelled or safe ones, never of a test image. They say what
    /// images are like, for means and covariances, and nothing of labels.
    public let background: Matrix?
    /// Where the images stand in their dataset, whose products are shared; `nil` where a set is all there is.
    public let origin: DatasetRows?
    /// What was computed from this set alone; released with it.
    public let memo = Memo()

    let source: EmbeddingSource

    /// The images of `embeddings`, `[images x dimensions]`, one block unless told otherwise.
    public convenience init(
        embeddings: Matrix, groups: [Int], blocks: [Int]? = nil, background: Matrix? = nil, rows: [Int]? = nil,
        origin: DatasetRows? = nil
    ) {
        self.init(
            .memory(embeddings), groups: groups, blocks: blocks, background: background, rows: rows, origin: origin)
    }

    /// The images at `indices` of `stored`, which are not held in memory: adapters that can do so pass over them in blocks,
    /// with up to `threads` threads; their number changes no bit of a result.
    public convenience init(
        _ stored: EmbeddingRows, at indices: [Int], groups: [Int], blocks: [Int]? = nil, threads: Int = 1
    ) {
        self.init(.stored(stored, at: indices, threads: threads), groups: groups, blocks: blocks)
    }

    init(
        _ source: EmbeddingSource, groups: [Int], blocks: [Int]?, background: Matrix? = nil, rows: [Int]? = nil,
        origin: DatasetRows? = nil
    ) {
        let blocks = blocks ?? [source.dimensions]
        let rows = rows ?? Array(0..<source.count)
        precondition(rows.count == source.count, "\(source.count) embeddings, but \(rows.count) row numbers")
        precondition(
            origin.map { $0.indices.count == source.count } ?? true,
            "\(source.count) embeddings, but \(origin?.indices.count ?? 0) places in their dataset")
        precondition(groups.count == source.count, "\(source.count) embeddings in \(groups.count) groups")
        precondition(
            blocks.reduce(0, +) == source.dimensions, "\(source.dimensions) dimensions in blocks of \(blocks)")
        if let background {
            precondition(
                background.columns == source.dimensions,
                "\(source.dimensions) dimensions, but \(background.columns) of the background")
        }
        self.source = source
        self.groups = groups
        self.blocks = blocks
        self.rows = rows
        self.background = background
        self.origin = origin
    }

    /// Number of images.
    public var count: Int { groups.count }

    /// Dimensions of an embedding.
    public var dimensions: Int { source.dimensions }

    /// Whether all embeddings are held in memory.
    public var isInMemory: Bool {
        if case .memory = source { true } else { false }
    }

    /// Embeddings of the frozen network, `[images x dimensions]`, of a set that is in memory.
    public var embeddings: Matrix {
        guard case .memory(let embeddings) = source else {
            preconditionFailure("\(count) embeddings were asked for at once, but are not in memory")
        }
        return embeddings
    }

    /// The images at `indices`, in that order.
    public func selecting(_ indices: [Int]) -> EmbeddingSet<P> {
        EmbeddingSet(
            source.selecting(indices), groups: indices.map { groups[$0] }, blocks: blocks, background: background,
            rows: indices.map { rows[$0] }, origin: origin?.selecting(indices))
    }
}
