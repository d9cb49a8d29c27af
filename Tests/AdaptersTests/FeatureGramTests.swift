import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

@Suite("Gram matrix of features")
struct FeatureGramTests {
    /// Training rows at `indices` of a dataset of 40 images of two encoders, with or without reference to it.
    private func rows(_ indices: [Int], ofDataset isShared: Bool) -> Rows<Training> {
        let all = sampleRows(count: 40, dimensions: 30)
        let dataset = DatasetEmbeddings(embeddings: all.embeddings, blocks: [18, 12])
        let images = EmbeddingSet<Training>(
            embeddings: all.embeddings.selecting(rows: indices), groups: indices.map { all.groups[$0] },
            blocks: dataset.blocks, origin: isShared ? DatasetRows(of: dataset, at: indices) : nil)
        return Rows(
            label: label, images: images, baseScores: indices.map { all.baseScores[$0] },
            truth: indices.map { all.truth[$0] })
    }

    private static let script = """
        import numpy as np
        e = np.array(input)
        parts = [10 / 2 ** .5 * b / np.linalg.norm(b, axis=1, keepdims=True) for b in np.split(e, [18], axis=1)]
        x = np.hstack(parts)
        answer((x @ x.T).tolist())
        """

    @Test("It is NumPy's, of a dataset and of a set alone", arguments: [true, false])
    func agreesWithNumPy(isShared: Bool) throws {
        let rows = rows([31, 4, 5, 22, 0, 39], ofDataset: isShared)
        let theirs: [[Double]] = try Oracle.run(Self.script, input: OracleRows(rows).embeddings)
        let mine = rows.featureGram()
        let elements = (0..<6).map { row in (0..<6).map { mine[row, $0] } }
        // Features are rounded to Float, 6e-8 of each of 30 products.
        #expect(relativeDifference(elements.flatMap { $0 }, theirs.flatMap { $0 }) < 1e-6)
    }

    @Test("A part of a set has the products of the set, bit for bit")
    func selecting() {
        let rows = rows(Array(3..<29), ofDataset: true)
        let (whole, part) = (rows.featureGram(), rows.selecting([7, 20, 1]).featureGram())
        for (row, source) in [7, 20, 1].enumerated() {
            for (column, other) in [7, 20, 1].enumerated() { #expect(part[row, column] == whole[source, other]) }
        }
    }

    @Test("With its dataset a set gives the scores it gives alone, but for rounding", arguments: Recipe.Kind.allCases)
    func sharingChangesOnlyRounding(kind: Recipe.Kind) throws {
        let indices = Array((0..<40).reversed().dropLast(4))
        let fits = try [true, false].map {
            try Recipe(kind).fit(rows(indices, ofDataset: $0), threshold: half, seed: Seed(1))
        }
        #expect(fits[0].chosen == fits[1].chosen)
        let scores = fits.map { $0.outOfFoldScores.map(Double.init) }
        // Products differ in their last bits, which the condition of the systems, about 10⁶, leaves below Float's own.
        #expect(relativeDifference(scores[0], scores[1]) < 1e-5)
    }
}
