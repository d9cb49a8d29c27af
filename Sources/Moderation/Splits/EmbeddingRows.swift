public import LinearAlgebra

/// Embeddings that are fetched some images at a time, from wherever they are kept: all of them need not fit in memory.
public struct EmbeddingRows: Sendable {
    /// Number of images.
    public let count: Int
    /// Dimensions of an embedding.
    public let dimensions: Int
    private let fetch: @Sendable ([Int]) throws(EmbeddingsUnreadable) -> Matrix

    /// `count` embeddings; `fetch` answers those of the images at indices, in that order, `[indices x dimensions]`, and the
    /// same bits whenever it is asked, by several threads at once too.
    public init(
        count: Int, dimensions: Int, fetch: @escaping @Sendable ([Int]) throws(EmbeddingsUnreadable) -> Matrix
    ) {
        self.count = count
        self.dimensions = dimensions
        self.fetch = fetch
    }

    /// The embeddings of the images at `indices`, in that order: `[indices x dimensions]`.
    public func matrix(at indices: [Int]) throws(EmbeddingsUnreadable) -> Matrix {
        precondition(indices.allSatisfy((0..<count).contains), "indices up to \(indices.max() ?? 0) of \(count) images")
        let matrix = try fetch(indices)
        precondition(
            matrix.rows == indices.count && matrix.columns == dimensions,
            "asked for \(indices.count) x \(dimensions) embeddings, given \(matrix.rows) x \(matrix.columns)")
        return matrix
    }
}

/// Why embeddings could not be fetched, in the words of what keeps them.
public struct EmbeddingsUnreadable: Error, Equatable, CustomStringConvertible {
    /// What, where, and what to do.
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
