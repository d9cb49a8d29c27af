public import Foundation
public import LinearAlgebra
public import Moderation

/// A file of embeddings that need not fit in memory: little-endian `Float`s, `[images x dimensions]`, row after row, and
/// nothing else. NumPy maps it as it is.
///
/// Rows are read when they are asked for and never mapped, so that the memory of a process is what it works on.
public final class EmbeddingFile: Sendable {
    /// Number of images.
    public let count: Int
    /// Dimensions of an embedding.
    public let dimensions: Int
    private let path: String
    private let file: Descriptor

    /// Opens `url`, which holds `count` embeddings of `dimensions`; throws `.damaged` where it is shorter or longer.
    public init(reading url: URL, count: Int, dimensions: Int) throws(StoreError) {
        file = try Descriptor(opening: url.path, flags: O_RDONLY, for: .read)
        path = url.path
        self.count = count
        self.dimensions = dimensions
        let (size, expected) = (try file.regularSize(), count * dimensions * MemoryLayout<Float>.size)
        guard size == expected else {
            let embeddings = "\(count) embeddings of \(dimensions) dimensions"
            throw .damaged(path: path, reason: "it holds \(size) bytes, \(embeddings) take \(expected)")
        }
    }

    /// The embeddings, for the sets that are made of them.
    public var rows: EmbeddingRows {
        EmbeddingRows(count: count, dimensions: dimensions) { [self] (indices) throws(EmbeddingsUnreadable) in
            do throws(StoreError) {
                return try matrix(at: indices)
            } catch {
                throw EmbeddingsUnreadable("\(error)")
            }
        }
    }

    /// The embeddings of the images at `indices`, in that order; neighbours are read at once.
    private func matrix(at indices: [Int]) throws(StoreError) -> Matrix {
        var matrix = Matrix(rows: indices.count, columns: dimensions)
        try matrix.storage.withUnsafeMutableBufferPointer { (values) throws(StoreError) in
            var start = 0
            while start < indices.count {
                var end = start + 1
                while end < indices.count && indices[end] == indices[end - 1] + 1 { end += 1 }
                let run = UnsafeMutableBufferPointer(rebasing: values[start * dimensions..<end * dimensions])
                try read(into: UnsafeMutableRawBufferPointer(run), from: indices[start])
                start = end
            }
        }
        return matrix
    }

    private func read(into buffer: UnsafeMutableRawBufferPointer, from first: Int) throws(StoreError) {
        let offset = first * dimensions * MemoryLayout<Float>.size
        guard try file.read(into: buffer, at: offset) == buffer.count else {
            throw .damaged(path: path, reason: "it was cut off while it was read, in or after image \(first)")
        }
    }
}

extension EmbeddingFile {
    /// Writes `count` embeddings of `dimensions` to `url`, in parts that `part` answers for ranges of images.
    public static func write(
        to url: URL, count: Int, dimensions: Int, rowsAtATime: Int = 2048, part: (Range<Int>) -> Matrix
    ) throws(StoreError) {
        let file = try Descriptor(opening: url.path, flags: O_WRONLY | O_CREAT | O_TRUNC, for: .write)
        for first in stride(from: 0, to: count, by: rowsAtATime) {
            let images = first..<min(first + rowsAtATime, count)
            let matrix = part(images)
            precondition(
                matrix.rows == images.count && matrix.columns == dimensions,
                "a part of \(matrix.rows) x \(matrix.columns) for \(images.count) x \(dimensions) embeddings")
            try matrix.storage.withUnsafeBufferPointer { (values) throws(StoreError) in
                try file.write(
                    UnsafeRawBufferPointer(values), at: first * dimensions * MemoryLayout<Float>.size)
            }
        }
    }
}
