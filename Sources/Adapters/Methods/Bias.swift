internal import LinearAlgebra
internal import Moderation

/// Threshold only: z + c.
///
/// The c is the operating point that every adapter gets, here applied to the base score itself. So this is the best that
/// moving the threshold can do on the training rows, and what an adapter must beat to have earned its place.
struct Bias: Adapter {
    static let description = AdapterDescription(
        summary: "moves the threshold and nothing else", revision: 2, hyperparameters: [])

    init(_ recipe: Recipe) {}

    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        try rows.requireBothClasses()
        let zeros = [Double](repeating: 0, count: rows.images.dimensions + 1)
        return [
            Candidate(chosen: [], outOfFoldScores: rows.baseScores) { () throws(AdapterError) in
                .linear(LinearHead(movingBaseBy: zeros, intercept: 0, blocks: rows.blocks))
            }
        ]
    }
}
