internal import LinearAlgebra
internal import Moderation

/// What an embedding becomes before a kernel compares it with another: a vector of length 1 or 0. The product of two such
/// vectors is the cosine of the embeddings; with several encoders, the mean of the cosines of their blocks.
struct FeatureMap: Sendable, Equatable {
    /// Dimensions of each encoder whose outputs stand one after the other in an embedding.
    let blocks: [Int]
    /// Where roots are compared, the mean of their directions, one element per dimension; `nil` compares embeddings as
    /// they are.
    let mean: [Float]?

    /// Lengths below this are what rounding leaves of equal vectors; they are taken for 0.
    static let negligible = 1e-6

    /// Compares directions: x = e/‖e‖.
    init(directionsOf blocks: [Int]) {
        self.init(blocks: blocks, mean: nil)
    }

    /// Compares square roots about their mean: r = √max(e, 0), r ← r/‖r‖, x = (r - m)/‖r - m‖.
    ///
    /// The root makes of a few large elements many of like size, as in the Hellinger kernel (Arandjelović and Zisserman
    /// 2012, "Three things everyone should know to improve object retrieval"); what all images have in common, the mean m of
    /// `images` and of their background, tells none of them apart.
    init(centredRootsOf images: EmbeddingSet<Training>) {
        var sums = [Double](repeating: 0, count: images.embeddings.columns)
        let parts = [images.embeddings] + [images.background].compactMap { $0 }
        for part in parts {
            for row in 0..<part.rows {
                FeatureMap.forEachRoot(of: part.row(row), blocks: images.blocks) { sums[$0] += $1 }
            }
        }
        let count = Double(max(1, parts.map(\.rows).reduce(0, +)))
        self.init(blocks: images.blocks, mean: sums.map { Float($0 / count) })
    }

    init(blocks: [Int], mean: [Float]?) {
        self.blocks = blocks
        self.mean = mean
    }

    /// The features of `embeddings`, of the same shape; each row is a function of its row alone, bit for bit.
    func features(of embeddings: Matrix) -> Matrix {
        var storage: [Float] = []
        storage.reserveCapacity(embeddings.storage.count)
        for row in 0..<embeddings.rows {
            for block in centred(embeddings.row(row))[...].divided(into: blocks) {
                let length = block.reduce(0) { $0 + $1 * $1 }.squareRoot() * Double(blocks.count).squareRoot()
                let scale = length > FeatureMap.negligible ? 1 / length : 0
                for value in block { storage.append(Float(value * scale)) }
            }
        }
        return Matrix(rows: embeddings.rows, columns: embeddings.columns, storage: storage)
    }

    /// The features of `embedding` before they get their length.
    private func centred(_ embedding: ArraySlice<Float>) -> [Double] {
        var values = [Double](repeating: 0, count: embedding.count)
        if let mean {
            FeatureMap.forEachRoot(of: embedding, blocks: blocks) { values[$0] = $1 - Double(mean[$0]) }
        } else {
            FeatureMap.forEachDirection(of: embedding, blocks: blocks) { values[$0] = $1 }
        }
        return values
    }

    /// Calls `body` with each index and the root there, every block scaled to length 1; blocks without any are left out.
    private static func forEachRoot(of embedding: ArraySlice<Float>, blocks: [Int], _ body: (Int, Double) -> Void) {
        for block in embedding.divided(into: blocks) {
            let total = block.reduce(0.0) { $0 + max(Double($1), 0) }
            guard total > 0 else { continue }
            for index in block.indices {
                body(index - embedding.startIndex, (max(Double(block[index]), 0) / total).squareRoot())
            }
        }
    }

    /// The same for the elements themselves.
    private static func forEachDirection(
        of embedding: ArraySlice<Float>, blocks: [Int], _ body: (Int, Double) -> Void
    ) {
        for block in embedding.divided(into: blocks) {
            let length = squaredNorm(block).squareRoot()
            guard length > 0 else { continue }
            for index in block.indices { body(index - embedding.startIndex, Double(block[index]) / length) }
        }
    }
}
