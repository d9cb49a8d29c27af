import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

@Suite("Cache")
struct CacheTests {
    struct Input: Encodable {
        let rows: OracleRows
        let alpha: Double
        let beta: Double
        let values: String
    }

    struct Answer: Decodable {
        let whole: [Double]
        let leftOut: [Double]
    }

    /// The paper's `tip_logits`: base logits + alpha · exp(-beta · (1 - affinity)) @ cache_values, the values of a positive and
    /// a negative key being the two classes' one-hot labels, and the difference of the two classes' logits taken.
    static let script = """
        import numpy as np
        r = input["rows"]
        f, z = np.array(r["embeddings"]), np.array(r["baseScores"])
        f = f / np.linalg.norm(f, axis=1, keepdims=True)
        y, groups = np.array(r["truth"]), np.array(r["groups"])
        error = np.ones(len(y)) if input["values"] == "labels" else np.abs(y - 1 / (1 + np.exp(-z)))
        def tip(rows, keys):
            affinity = f[rows] @ f[keys].T
            cache_values = np.stack([~y[keys], y[keys]], axis=1) * error[keys, None]
            cache_values = cache_values / cache_values.sum(axis=0)
            cache_logits = np.exp(-input["beta"] * (1 - affinity)) @ cache_values
            return z[rows] + input["alpha"] * (cache_logits[:, 1] - cache_logits[:, 0])
        everyone, left_out = np.arange(len(y)), np.zeros(len(y))
        for g in np.unique(groups):
            held = np.flatnonzero(groups == g)
            left_out[held] = tip(held, np.flatnonzero(groups != g))
        answer(dict(whole=tip(everyone, everyone).tolist(), leftOut=left_out.tolist()))
        """

    private func expectThePapers(_ rows: Rows<Training>, alpha: Double, beta: Double, values: String) throws {
        let theirs: Answer = try Oracle.run(
            Self.script, input: Input(rows: OracleRows(rows), alpha: alpha, beta: beta, values: values))
        let recipe = try Recipe(
            .cache, ["alpha": [alpha], "beta": [beta], "values": [values == "labels" ? 0 : 1]])
        let candidate = try #require(try Cache(recipe).candidates(for: rows, seed: Seed(1)).first)
        // Directions, coefficients and scores are rounded to Float, 6e-8 each; beta times the first is in an exponent.
        #expect(relativeDifference(candidate.outOfFoldScores.map(Double.init), theirs.leftOut) < 2e-6)
        #expect(relativeDifference(try candidate.head().scores(rows).map(Double.init), theirs.whole) < 2e-6)
    }

    @Test("Scores and left-out scores are the paper's formula", arguments: ["labels", "residuals"])
    func agreesWithThePaper(values: String) throws {
        try expectThePapers(sampleRows(), alpha: 1.17, beta: 1, values: values)
        try expectThePapers(sampleRows(count: 40, dimensions: 33), alpha: 20, beta: 5.5, values: values)
    }

    @Test(
        "On real embeddings too", .enabled(if: RealRows.areThere, RealRows.hint), arguments: ["labels", "residuals"])
    func agreesOnRealEmbeddings(values: String) throws {
        try expectThePapers(try #require(RealRows.rows), alpha: 20, beta: 5.5, values: values)
    }

    @Test("A class of which the base is nowhere wrong adds nothing")
    func noResiduals() throws {
        let rows = sampleRows().replacing(baseScores: sampleRows().truth.map { $0 ? -1 : -1000 })
        let recipe = try Recipe(.cache, ["alpha": [1], "values": [1]])
        let candidate = try #require(try Cache(recipe).candidates(for: rows, seed: Seed(1)).first)
        let scores = try candidate.head().scores(rows)
        #expect(zip(scores, rows.baseScores).allSatisfy { $0.isFinite && $0 >= $1 })
    }
}
