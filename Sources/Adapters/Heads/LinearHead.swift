public import LinearAlgebra

/// A head whose score is baseScale · base + x·weights + intercept, for the features x = 10·e/‖e‖ of an embedding e.
public struct LinearHead: Sendable, Equatable {
    /// What the base score, a logit, is multiplied by.
    public let baseScale: Float
    /// One weight per dimension of the embedding.
    public let weights: [Float]
    /// Added to every score, a logit.
    public let intercept: Float

    public init(baseScale: Float, weights: [Float], intercept: Float) {
        self.baseScale = baseScale
        self.weights = weights
        self.intercept = intercept
    }

    /// The head that moves the base by `coefficients`: one per feature, then the base score's.
    init(movingBaseBy coefficients: [Double], intercept: Double) {
        self.init(
            baseScale: Float(1 + (coefficients.last ?? 0)), weights: coefficients.dropLast().map { Float($0) },
            intercept: Float(intercept))
    }

    /// Scores as logits, one per row; each is a function of its row alone, bit for bit.
    public func scores(embeddings: Matrix, baseScores: [Float]) -> [Float] {
        precondition(
            embeddings.columns == weights.count,
            "embeddings of \(embeddings.columns) dimensions for a head of \(weights.count)")
        let weights = weights.map(Double.init)
        return baseScores.indices.map { row in
            let embedding = embeddings.row(row)
            let moved = Features.scale(of: embedding) * dotProduct(embedding, weights)
            return Float(Double(baseScale) * Double(baseScores[row]) + moved + Double(intercept))
        }
    }
}
