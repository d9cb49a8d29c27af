import LinearAlgebra
import Moderation
import Testing

@testable import Adapters

/// Embeddings that are not in memory, of enough rows for several blocks and lanes.
@Suite("Stored rows")
struct StoredRowsTests {
    /// 2,500 rows in two blocks, groups of up to four rows that stand far apart.
    static let rows = sampleRows(count: 2500, dimensions: 5).replacing(groups: (0..<2500).map { $0 * 7 % 801 })

    private static func ridge() throws -> Recipe { try Recipe(.ridge, ["strength": [0.1, 1]]) }
    private static func logistic() throws -> Recipe { try Recipe(.logistic, ["strength": [0.1, 1]]) }

    @Test("A ridge has the same bits from memory and from elsewhere, by one thread and by several")
    func sameRidge() throws {
        let expected = try Self.ridge().fit(Self.rows, threshold: half, seed: Seed(1))
        for threads in [1, 2, 3] {
            #expect(
                try Self.ridge().fit(Self.rows.stored(threads: threads), threshold: half, seed: Seed(1)) == expected)
        }
        let scores = expected.head.scores(embeddings: Self.rows.embeddings, baseScores: Self.rows.baseScores)
        #expect(try expected.head.scores(Self.rows.stored(threads: 2)) == scores)
    }

    @Test("A logistic regression has the same bits by one thread and by several")
    func sameLogistic() throws {
        let expected = try Self.logistic().fit(Self.rows.stored(), threshold: half, seed: Seed(1))
        #expect(try Self.logistic().fit(Self.rows.stored(threads: 2), threshold: half, seed: Seed(1)) == expected)
    }

    @Test("A logistic regression is that of memory", arguments: [0.01, 1, 100, 1e4])
    func logisticIsThatOfMemory(strength: Double) throws {
        let rows = sampleRows(count: 200, dimensions: 20)
        let candidates = try [rows, rows.stored()].map {
            try Recipe(.logistic, ["strength": [strength]]).candidates(for: $0, seed: Seed(1))[0]
        }
        let heads = try candidates.map { try $0.head().scores(rows).map(Double.init) }
        // Both searches for a head end within 1e-5.
        #expect(relativeDifference(heads[1], heads[0]) < 1e-4)
        // In memory, a search out of fold ends within 1e-4 of the coefficients' length, by which weak penalties let scores
        // move too far to be compared.
        guard strength <= 100 else { return }
        let scores = candidates.map { $0.outOfFoldScores.map(Double.init) }
        #expect(relativeDifference(scores[1], scores[0]) < 1e-3)
    }

    @Test("A group that is spread over blocks is left out whole")
    func groupsAcrossBlocks() throws {
        let order = (0..<Self.rows.count).sorted { (Self.rows.groups[$0], $0) < (Self.rows.groups[$1], $1) }
        let sorted = Self.rows.selecting(order)
        let spread = try solution(Self.rows), together = try solution(sorted)
        // Sums in another order, times the condition of the system.
        #expect(relativeDifference(order.map { spread.leftOutErrors[$0] }, together.leftOutErrors) < 1e-9)
        #expect(relativeDifference(spread.coefficients(), together.coefficients()) < 1e-9)
        let group = Self.rows.groups.indices.filter { Self.rows.groups[$0] == 5 }
        let others = Self.rows.groups.indices.filter { Self.rows.groups[$0] != 5 }
        let residuals = Ridge.residuals(of: Self.rows, target: 3)
        let refit = try solution(Self.rows.selecting(others), residuals: others.map { residuals[$0] })
        let head = LinearHead(movingBaseBy: refit.coefficients(), intercept: refit.intercept, blocks: [5])
        let scores = head.scores(
            embeddings: Self.rows.embeddings.selecting(rows: group), baseScores: group.map { Self.rows.baseScores[$0] })
        let errors = zip(group, scores).map { row, score in
            residuals[row] - (Double(score) - Double(Self.rows.baseScores[row]))
        }
        #expect(group.count > 2)
        // A head is in Float.
        #expect(relativeDifference(group.map { spread.leftOutErrors[$0] }, errors) < 1e-6)
    }

    private func solution(_ rows: Rows<Training>, residuals: [Double]? = nil) throws -> RidgeSolution {
        try PrimalRidge(rows, groups: rows.groupedRows())
            .solutions(strengths: [1], targets: [residuals ?? Ridge.residuals(of: rows, target: 3)])[0][0]
    }

    @Test("Rows that cannot be read are one error")
    func unreadable() {
        let rows = sampleRows()
        let stored = EmbeddingRows(count: 60, dimensions: 20) { _ throws(EmbeddingsUnreadable) in
            throw EmbeddingsUnreadable("the disk is gone")
        }
        let lost = Rows<Training>(
            label: label, images: EmbeddingSet(stored, at: Array(0..<60), groups: rows.groups),
            baseScores: rows.baseScores, truth: rows.truth)
        let expected = AdapterError.unreadable(label: label, EmbeddingsUnreadable("the disk is gone"))
        for kind in [Recipe.Kind.ridge, .logistic, .platt, .bias] {
            #expect(throws: expected) { try Recipe(kind).fit(lost, threshold: half, seed: Seed(1)) }
        }
        #expect(throws: expected) {
            try Head.linear(LinearHead(baseScale: 1, weights: Array(repeating: 0, count: 20), intercept: 0)).scores(
                lost)
        }
    }

    @Test(
        "Adapters that compare images say that they need them in memory",
        arguments: [Recipe.Kind.kernel, .gda, .cache, .auto])
    func needsMemory(kind: Recipe.Kind) {
        #expect(throws: AdapterError.needsMemory(label: label, adapter: kind.rawValue)) {
            try Recipe(kind).fit(sampleRows().stored(), threshold: half, seed: Seed(1))
        }
    }
}
