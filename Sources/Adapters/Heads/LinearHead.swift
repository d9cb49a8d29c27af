public import LinearAlgebra

/// A head whose score is baseScale · base + x·weights + intercept, for the features x of an embedding, which are its
/// direction at the length 10: see `Features`.
public struct LinearHead: Sendable, Equatable {
    /// What the base score, a logit, is multiplied by.
    public let baseScale: Float
    /// One weight per dimension of the embedding.
    public let weights: [Float]
    /// Added to every score, a logit.
    public let intercept: Float
    /// Dimensions of each encoder whose outputs stand one after the other in an embedding.
    public let blocks: [Int]

    /// A head of embeddings that are one block unless told otherwise.
    public init(baseScale: Float, weights: [Float], intercept: Float, blocks: [Int]? = nil) {
        self.baseScale = baseScale
        self.weights = weights
        self.intercept = intercept
        self.blocks = blocks ?? [weights.count]
    }

    /// The head that moves the base by `coefficients`: one per feature, then the base score's.
    init(movingBaseBy coefficients: [Double], intercept: Double, blocks: [Int]) {
        self.init(
            baseScale: Float(1 + (coefficients.last ?? 0)), weights: coefficients.dropLast().map { Float($0) },
            intercept: Float(intercept), blocks: blocks)
    }

    /// Scores as logits, one per row; each is a function of its row alone, bit for bit.
    public func scores(embeddings: Matrix, baseScores: [Float]) -> [Float] {
        precondition(
            embeddings.columns == weights.count,
            "embeddings of \(embeddings.columns) dimensions for a head of \(weights.count)")
        let weights = weights.map(Double.init)[...].divided(into: blocks)
        return baseScores.indices.map { row in
            let moved = zip(embeddings.row(row).divided(into: blocks), weights).map { block, weights in
                Features.scale(of: block, blocks: blocks.count) * dotProduct(block, weights)
            }
            let sum = moved.dropFirst().reduce(moved.first ?? 0, +)
            return Float(Double(baseScale) * Double(baseScores[row]) + sum + Double(intercept))
        }
    }
}
