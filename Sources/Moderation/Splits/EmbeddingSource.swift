internal import LinearAlgebra

/// Where the embeddings of a set are.
enum EmbeddingSource: Sendable {
    /// All at hand, `[images x dimensions]`.
    case memory(Matrix)
    /// Those of some images, fetched when they are needed by up to so many threads.
    case stored(EmbeddingRows, at: [Int], threads: Int)

    var count: Int {
        switch self {
        case .memory(let embeddings): embeddings.rows
        case .stored(_, let indices, _): indices.count
        }
    }

    var dimensions: Int {
        switch self {
        case .memory(let embeddings): embeddings.columns
        case .stored(let rows, _, _): rows.dimensions
        }
    }

    var threads: Int {
        switch self {
        case .memory: 1
        case .stored(_, _, let threads): threads
        }
    }

    func selecting(_ indices: [Int]) -> EmbeddingSource {
        switch self {
        case .memory(let embeddings): .memory(embeddings.selecting(rows: indices))
        case .stored(let rows, let own, let threads): .stored(rows, at: indices.map { own[$0] }, threads: threads)
        }
    }

    /// The embeddings of the images at `indices`, in that order: `[indices x dimensions]`.
    func matrix(at indices: [Int]) throws(EmbeddingsUnreadable) -> Matrix {
        switch self {
        case .memory(let embeddings):
            indices.count == count && indices.elementsEqual(0..<count)
                ? embeddings : embeddings.selecting(rows: indices)
        case .stored(let rows, let own, _):
            try rows.matrix(at: indices.map { own[$0] })
        }
    }
}
