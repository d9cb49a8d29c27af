public import LinearAlgebra

/// Embedded images of one part of a split: what the rows of several labels have in common.
public final class EmbeddingSet<P: Part>: Sendable {
    /// Embeddings of the frozen network, `[images x dimensions]`.
    public let embeddings: Matrix
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

    /// The images of `embeddings`, one block unless told otherwise.
    public init(
        embeddings: Matrix, groups: [Int], blocks: [Int]? = nil, background: Matrix? = nil, rows: [Int]? = nil,
        origin: DatasetRows? = nil
    ) {
        let blocks = blocks ?? [embeddings.columns]
        let rows = rows ?? Array(0..<embeddings.rows)
        precondition(rows.count == embeddings.rows, "\(embeddings.rows) embeddings, but \(rows.count) row numbers")
        precondition(
            origin.map { $0.indices.count == embeddings.rows } ?? true,
            "\(embeddings.rows) embeddings, but \(origin?.indices.count ?? 0) places in their dataset")
        precondition(groups.count == embeddings.rows, "\(embeddings.rows) embeddings in \(groups.count) groups")
        precondition(
            blocks.reduce(0, +) == embeddings.columns, "\(embeddings.columns) dimensions in blocks of \(blocks)")
        if let background {
            precondition(
                background.columns == embeddings.columns,
                "\(embeddings.columns) dimensions, but \(background.columns) of the background")
        }
        self.embeddings = embeddings
        self.groups = groups
        self.blocks = blocks
        self.rows = rows
        self.background = background
        self.origin = origin
    }
}
