internal import LinearAlgebra
internal import Moderation

/// No adapter: the score is the base score z, bit for bit. The row that every table is read against.
struct NoAdapter: Adapter {
    static let description = AdapterDescription(
        summary: "the base model itself", revision: 1, hyperparameters: [])

    init(_ recipe: Recipe) {}

    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        [Candidate(baseOf: rows)]
    }
}
