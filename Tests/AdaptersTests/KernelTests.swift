import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

@Suite("Kernel")
struct KernelTests {
    struct Input: Encodable {
        let rows: OracleRows
        let background: [[Double]]
        let blocks: [Int]
        let gamma: Double
        let baseWeight: Double
        let strengths: [Double]
    }

    struct Answer: Decodable {
        let fitted: [Double]
        let leftOut: [Double]
    }

    /// scikit-learn's kernel ridge on the kernel as the adapter's header writes it, and refits without each group.
    static let script = """
        import numpy as np
        from sklearn.kernel_ridge import KernelRidge
        r = input["rows"]
        e, z = np.array(r["embeddings"]), np.array(r["baseScores"])
        y, groups = np.where(r["truth"], 1., -1.), np.array(r["groups"])
        everything = np.vstack([e] + [np.array(b)[None] for b in input["background"]])
        cuts = np.cumsum(input["blocks"])[:-1]
        def unit(x): return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-300)
        def features(e, everything):
            m = unit(np.sqrt(np.maximum(everything, 0))).mean(axis=0)
            return unit(unit(np.sqrt(np.maximum(e, 0))) - m)
        parts = zip(np.split(e, cuts, axis=1), np.split(everything, cuts, axis=1))
        c = np.mean([f @ f.T for f in (features(*part) for part in parts)], axis=0)
        k = np.exp(-input["gamma"] * (2 - 2 * c)) + input["baseWeight"] ** 2 * np.outer(z, z) + 0.01
        def fit(rows, s): return KernelRidge(alpha=1 / s, kernel="precomputed").fit(k[np.ix_(rows, rows)], y[rows])
        def of_strength(s):
            everyone, left_out = np.arange(len(y)), np.zeros(len(y))
            for g in np.unique(groups):
                held, rest = np.flatnonzero(groups == g), np.flatnonzero(groups != g)
                left_out[held] = fit(rest, s).predict(k[np.ix_(held, rest)])
            return dict(fitted=(3 * fit(everyone, s).predict(k)).tolist(), leftOut=(3 * left_out).tolist())
        answer([of_strength(s) for s in input["strengths"]])
        """

    private func expectScikitLearns(_ rows: Rows<Training>, gamma: Double, baseWeight: Double) throws {
        // Each inverted by itself, and all from one form.
        try expectScikitLearns(rows, gamma: gamma, baseWeight: baseWeight, strengths: [0.1, 1000])
        try expectScikitLearns(rows, gamma: gamma, baseWeight: baseWeight, strengths: [0.1, 10, 1000])
    }

    private func expectScikitLearns(
        _ rows: Rows<Training>, gamma: Double, baseWeight: Double, strengths: [Double]
    ) throws {
        let background = rows.images.background
        let answers: [Answer] = try Oracle.run(
            Self.script,
            input: Input(
                rows: OracleRows(rows),
                background: (0..<(background?.rows ?? 0)).map { background?.row($0).map(Double.init) ?? [] },
                blocks: rows.blocks, gamma: gamma, baseWeight: baseWeight, strengths: strengths))
        let recipe = try Recipe(.kernel, ["gamma": [gamma], "base_weight": [baseWeight], "strength": strengths])
        let candidates = try Kernel(recipe).candidates(for: rows, seed: Seed(1))
        for (candidate, theirs) in zip(candidates, answers) {
            // Features are kept in Float, an error of some 1e-7 in the kernel, which the condition of the system raises: up
            // to strength · n in the worst case, some hundredfold as measured. Against refits: the closed form is exact.
            #expect(relativeDifference(candidate.outOfFoldScores.map(Double.init), theirs.leftOut) < 1e-5)
            let scores = try candidate.head().scores(rows)
            #expect(relativeDifference(scores.map(Double.init), theirs.fitted) < 1e-5)
        }
    }

    @Test("Scores and left-out scores are scikit-learn's", arguments: [0.5, 1.5])
    func agreesWithScikitLearn(gamma: Double) throws {
        try expectScikitLearns(sampleRows(count: 60, dimensions: 50), gamma: gamma, baseWeight: 0.05)
        try expectScikitLearns(sampleRows(count: 24, dimensions: 19), gamma: gamma, baseWeight: 1)
        try expectScikitLearns(sampleRows(count: 24, dimensions: 19), gamma: gamma, baseWeight: 0)
    }

    @Test("Several encoders count alike, and the background only moves the mean")
    func blocksAndBackground() throws {
        var rows = sampleRows(count: 40, dimensions: 30)
        // One encoder's outputs are a hundred times the other's, some below 0.
        var embeddings = rows.embeddings
        for row in 0..<40 {
            for column in 20..<30 { embeddings[row, column] = 100 * embeddings[row, column] - 20 }
        }
        let background = sampleRows(count: 25, dimensions: 30, seed: 8).embeddings
        rows = rows.replacing(embeddings: embeddings, blocks: [20, 10], background: background)
        try expectScikitLearns(rows, gamma: 1.5, baseWeight: 0.05)
    }

    @Test("On real embeddings too", .enabled(if: RealRows.areThere, RealRows.hint))
    func agreesOnRealEmbeddings() throws {
        try expectScikitLearns(try #require(RealRows.rows), gamma: 1.5, baseWeight: 0.05)
    }

    @Test("Labels with the same images share the work and get the same bits as alone")
    func sharesWork() throws {
        let images = sampleRows().images
        let first = sampleRows()
        let shared = [false, true].map { isSwapped in
            Rows(
                label: label, images: images, baseScores: first.baseScores,
                truth: isSwapped ? first.truth.map { !$0 } : first.truth)
        }
        let lists: [[Double]] = [[10], [10], [0, 1, 10, 100], [0, 1, 10, 100]]
        for (rows, strengths) in zip(shared + shared, lists) {
            let recipe = try Recipe(.kernel, ["strength": strengths])
            let together = try recipe.fit(rows, threshold: half, seed: Seed(1))
            let alone = try recipe.fit(rows.replacing(), threshold: half, seed: Seed(1))
            #expect(together == alone)
            let test = sampleRows(count: 9, seed: 3)
            #expect(
                try together.head.scores(test)
                    == together.head.scores(embeddings: test.embeddings, baseScores: test.baseScores))
        }
    }

    @Test(
        "A head that a guarantee keeps from some training images is read back among all of them",
        arguments: [
            Recipe.Kind.kernel, .cache,
        ])
    func heldOutRows(kind: Recipe.Kind) throws {
        let rows = sampleRows(count: 80)
        let guarantee = RateGuarantee(level: 0.3, sense: .probability(0.7))
        let objective = Objective.fewest(.falseNegatives, holding: .rate(guarantee))
        let fit = try Recipe(kind).fit(rows, threshold: half, objective: objective, seed: Seed(1))
        #expect(!fit.calibration.isEmpty)
        let read = try Head(arrays: fit.head.arrays, trainingEmbeddings: rows.embeddings)
        #expect(try read.scores(rows) == fit.head.scores(rows))
    }

    @Test("A head is not read without its training images")
    func needsTrainingImages() throws {
        let arrays = try Recipe(.kernel, ["strength": [1]]).fit(sampleRows(), threshold: half, seed: Seed(1)).head
            .arrays
        #expect(Head.needsTrainingImages(arrays))
        #expect(throws: AdapterError.unreadableHead(reason: "60 `training_rows` of 0 images for 60 coefficients")) {
            try Head(arrays: arrays)
        }
        #expect(throws: AdapterError.unreadableHead(reason: "60 `training_rows` of 59 images for 60 coefficients")) {
            try Head(arrays: arrays, trainingEmbeddings: sampleRows(count: 59).embeddings)
        }
    }
}
