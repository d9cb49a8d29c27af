import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

@Suite("GDA")
struct GdaTests {
    struct Input: Encodable {
        let rows: OracleRows
        let background: [[Double]]
        let blocks: [Int]
        let shrinkage: String
        let fold: [Int]
    }

    struct Answer: Decodable {
        let whole: [Double]
        let part: [Double]
    }

    /// The authors' code (`main.py` of their repository, after "calculate mu"), line by line in NumPy for two classes, with
    /// the background as one more centred set of vectors; and scikit-learn's Ledoit-Wolf on the same vectors.
    static let script = """
        import numpy as np
        from sklearn.covariance import LedoitWolf
        r = input["rows"]
        labels, held = np.array(r["truth"]).astype(int), np.zeros(len(r["truth"]), bool)
        background = np.array(input["background"])
        def unit(x): return x / np.linalg.norm(x, axis=1, keepdims=True)
        def ratios(vecs, background, rest):
            v, l = vecs[rest], labels[rest]
            mus = np.stack([v[l == i].mean(axis=0) for i in range(2)])
            center_vecs = np.concatenate([v[l == i] - mus[i] for i in range(2)])
            if len(background): center_vecs = np.concatenate([center_vecs, background - background.mean(axis=0)])
            if input["shrinkage"] == "ledoit_wolf":
                cov_inv = np.linalg.inv(LedoitWolf(assume_centered=True).fit(center_vecs).covariance_)
            else:
                cov = np.cov(center_vecs.T)
                cov_inv = center_vecs.shape[1] * np.linalg.pinv(
                    (center_vecs.shape[0] - 1) * cov + np.trace(cov) * np.eye(center_vecs.shape[1]))
            W = np.einsum('nd, dc -> cn', mus, cov_inv)
            b = np.log(np.ones(2) / 2) - np.einsum('nd, dc, nc -> n', mus, cov_inv, mus) / 2
            logits = vecs @ W + b
            return logits[:, 1] - logits[:, 0]
        cuts = np.cumsum(input["blocks"])[:-1]
        parts = [unit(e) for e in np.split(np.array(r["embeddings"]), cuts, axis=1)]
        safe = [unit(e) for e in np.split(background, cuts, axis=1)] if len(background) else [[]] * len(parts)
        def mean(rest): return np.mean([ratios(v, b, rest) for v, b in zip(parts, safe)], axis=0).tolist()
        everyone = np.arange(len(labels))
        answer(dict(whole=mean(everyone), part=mean(np.setdiff1d(everyone, input["fold"]))))
        """

    private func expectTheirs(_ rows: Rows<Training>, _ shrinkage: Shrinkage) throws {
        let fold = try GroupedFolds(rows, seed: Seed(7)).folds[0]
        let background = rows.images.background
        let theirs: Answer = try Oracle.run(
            Self.script,
            input: Input(
                rows: OracleRows(rows),
                background: (0..<(background?.rows ?? 0)).map { background?.row($0).map(Double.init) ?? [] },
                blocks: rows.blocks, shrinkage: shrinkage.rawValue, fold: fold))
        let choice = Double(Shrinkage.allCases.firstIndex(of: shrinkage) ?? 0)
        let recipe = try Recipe(.gda, ["alpha": [0.1], "covariance": [choice]])
        let candidate = try #require(try Gda(recipe).candidates(for: rows, seed: Seed(7)).first)
        let scores = try candidate.head().scores(rows)
        let expected = zip(rows.baseScores, theirs.whole).map { Double($0) + 0.1 * $1 }
        // Directions are kept in Float, 6e-8 of their length; the inverse covariance stretches some of them a hundredfold.
        #expect(relativeDifference(scores.map(Double.init), expected) < 2e-5)
        // Of the fold that was held back, by the discriminant of the others.
        let held = fold.map { Double(candidate.outOfFoldScores[$0]) }
        #expect(relativeDifference(held, fold.map { Double(rows.baseScores[$0]) + 0.1 * theirs.part[$0] }) < 2e-5)
    }

    @Test(
        "The log ratios are those of the authors' code and of scikit-learn's covariance", arguments: Shrinkage.allCases)
    func agreesWithTheAuthors(shrinkage: Shrinkage) throws {
        try expectTheirs(sampleRows(count: 60, dimensions: 30), shrinkage)
        try expectTheirs(sampleRows(count: 30, dimensions: 50), shrinkage)
        let background = sampleRows(count: 40, dimensions: 30, seed: 4).embeddings
        try expectTheirs(sampleRows(count: 60, dimensions: 30).replacing(background: background), shrinkage)
        try expectTheirs(
            sampleRows(count: 60, dimensions: 30).replacing(blocks: [10, 20], background: background), shrinkage)
    }

    @Test(
        "On real embeddings too", .enabled(if: RealRows.areThere, RealRows.hint),
        arguments: Shrinkage.allCases)
    func agreesOnRealEmbeddings(shrinkage: Shrinkage) throws {
        try expectTheirs(try #require(RealRows.rows), shrinkage)
    }
}
