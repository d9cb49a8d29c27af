public import LinearAlgebra
public import Moderation

/// What was fitted: turns an embedding and a base score into the adapter's score of one label.
public enum Head: Sendable, Equatable {
    /// The base itself: scores are the base scores, bit for bit.
    case base
    /// A linear function of the embedding's direction and the base score.
    case linear(LinearHead)
    /// A function of the embedding's likeness to each training image, and of the base score.
    case kernel(KernelHead)

    /// Scores as logits, one per row of `embeddings`, `[images x dimensions]`; each is a function of its row alone.
    public func scores(embeddings: Matrix, baseScores: [Float]) -> [Float] {
        precondition(
            embeddings.rows == baseScores.count, "\(embeddings.rows) embeddings for \(baseScores.count) base scores")
        return switch self {
        case .base: baseScores
        case .linear(let head): head.scores(embeddings: embeddings, baseScores: baseScores)
        case .kernel(let head): head.scores(embeddings: embeddings, baseScores: baseScores)
        }
    }

    /// Scores as logits, one per row; what heads of several labels have in common is computed once for the rows' images.
    ///
    /// Throws `.unreadable` for embeddings that are not in memory and cannot be read.
    public func scores<P>(_ rows: Rows<P>) throws(AdapterError) -> [Float] {
        switch self {
        case .base: rows.baseScores
        case .kernel(let head) where rows.images.isInMemory: head.scores(rows)
        case .linear, .kernel:
            try reading(rows.label) { () throws(EmbeddingsUnreadable) in
                try rows.images.pass(from: []) { scores, block, embeddings in
                    scores += self.scores(embeddings: embeddings, baseScores: Array(rows.baseScores[block]))
                }.flatMap { $0 }
            }
        }
    }

    /// The head with every score moved by `shift` logits; the base stays what it is.
    func shifted(by shift: Float) -> Head {
        switch self {
        case .base: .base
        case .linear(let head):
            .linear(
                LinearHead(
                    baseScale: head.baseScale, weights: head.weights,
                    intercept: Adapters.shifted(head.intercept, by: shift), blocks: head.blocks))
        case .kernel(let head):
            .kernel(
                KernelHead(
                    baseScale: head.baseScale, coefficients: head.coefficients, gamma: head.gamma,
                    intercept: Adapters.shifted(head.intercept, by: shift), supports: head.supports))
        }
    }
}
