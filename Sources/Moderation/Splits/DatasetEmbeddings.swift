public import LinearAlgebra

/// Embeddings of all images of an experiment, of which the training sets of all its trials are parts: products of any two
/// images are computed once, here.
public final class DatasetEmbeddings: Sendable {
    /// Embeddings of the frozen network, `[images x dimensions]`.
    public let embeddings: Matrix
    /// Dimensions of each encoder whose outputs stand one after the other in an embedding.
    public let blocks: [Int]
    /// What was computed from all images, and from nothing that tells training from test; released with them.
    public let memo = Memo()

    /// The images of `embeddings`, one block unless told otherwise.
    public init(embeddings: Matrix, blocks: [Int]? = nil) {
        self.embeddings = embeddings
        self.blocks = blocks ?? [embeddings.columns]
    }
}

/// Some images of a dataset.
public struct DatasetRows: Sendable {
    public let dataset: DatasetEmbeddings
    /// Which images they are, counted from 0.
    public let indices: [Int]

    public init(of dataset: DatasetEmbeddings, at indices: [Int]) {
        self.dataset = dataset
        self.indices = indices
    }

    /// Those at `places`, in that order.
    public func selecting(_ places: [Int]) -> DatasetRows {
        DatasetRows(of: dataset, at: places.map { indices[$0] })
    }
}
