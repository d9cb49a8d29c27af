internal import LinearAlgebra
internal import Moderation

/// What an embedding e becomes before a linear head: x = 10·e/‖e‖, and zero for a zero vector. Of an embedding of B
/// encoders, every block becomes 10/√B times its direction.
///
/// The direction of an embedding tells what an image shows, its length mostly how much there is of it. At the length 10,
/// weights of length 0.1 move the image that they point at by one logit, so penalties of the order of 0.01 stand against
/// losses of the order of 1, and useful strengths lie around 1.
enum Features {
    static let length = 10.0

    /// By what each element of the block `embedding` of `blocks` is multiplied.
    static func scale(of embedding: ArraySlice<Float>, blocks: Int) -> Double {
        let norm = squaredNorm(embedding).squareRoot()
        return norm > 0 ? length / Double(blocks).squareRoot() / norm : 0
    }

    /// The features of `embeddings`: `[images x dimensions]`.
    static func matrix(of embeddings: Matrix, blocks: [Int]) -> Matrix {
        var features = embeddings
        features.storage.withUnsafeMutableBufferPointer { features in
            var index = 0
            for row in 0..<embeddings.rows {
                for block in embeddings.row(row).divided(into: blocks) {
                    let scale = Features.scale(of: block, blocks: blocks.count)
                    for _ in block {
                        features[index] = Float(Double(features[index]) * scale)
                        index += 1
                    }
                }
            }
        }
        return features
    }

    /// The features of `rows` and, as the last column, the base scores: `[rows x (dimensions + 1)]`.
    static func design(of rows: Rows<Training>) -> Matrix {
        matrix(of: rows.embeddings, blocks: rows.blocks).appending(column: rows.baseScores)
    }
}

extension ArraySlice {
    /// The parts of `sizes` elements that follow each other.
    func divided(into sizes: [Int]) -> [ArraySlice] {
        var start = startIndex
        return sizes.map { size in
            defer { start += size }
            return self[start..<start + size]
        }
    }
}

extension Matrix {
    /// The matrix with a last column of ones: what an intercept is the coefficient of.
    func appendingOnes() -> Matrix { appending(column: [Float](repeating: 1, count: rows)) }

    /// The matrix with `column`, one element per row, as its last column.
    func appending(column: [Float]) -> Matrix {
        precondition(column.count == rows, "a column of \(column.count) beside \(rows) rows")
        var extended: [Float] = []
        extended.reserveCapacity(rows * (columns + 1))
        for index in 0..<rows {
            extended.append(contentsOf: row(index))
            extended.append(column[index])
        }
        return Matrix(rows: rows, columns: columns + 1, storage: extended)
    }
}
