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

    /// The features of `rows` and, as the last column, the base scores: `[rows x (dimensions + 1)]`.
    static func design(of rows: Rows<Training>) -> Matrix {
        var storage: [Float] = []
        storage.reserveCapacity(rows.count * (rows.embeddings.columns + 1))
        for row in 0..<rows.count {
            for block in rows.embeddings.row(row).divided(into: rows.blocks) {
                let scale = Features.scale(of: block, blocks: rows.blocks.count)
                for value in block { storage.append(Float(Double(value) * scale)) }
            }
            storage.append(rows.baseScores[row])
        }
        return Matrix(rows: rows.count, columns: rows.embeddings.columns + 1, storage: storage)
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
    func appendingOnes() -> Matrix {
        var extended: [Float] = []
        extended.reserveCapacity(rows * (columns + 1))
        for index in 0..<rows {
            extended.append(contentsOf: row(index))
            extended.append(1)
        }
        return Matrix(rows: rows, columns: columns + 1, storage: extended)
    }
}
