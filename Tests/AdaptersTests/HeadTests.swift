import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Adapters

@Suite("Heads")
struct HeadTests {
    struct Input: Encodable {
        let rows: OracleRows
        let weights: [Double]
    }

    @Test("A linear head scores as NumPy does")
    func scoresAsNumPy() throws {
        let rows = sampleRows(dimensions: 19)
        let head = LinearHead(baseScale: 1.5, weights: (0..<19).map { Float($0) / 8 - 1 }, intercept: -0.25)
        let expected: [Double] = try Oracle.run(
            """
            import numpy as np
            e, z = np.array(input["rows"]["embeddings"]), np.array(input["rows"]["baseScores"])
            x = 10 * e / np.linalg.norm(e, axis=1, keepdims=True)
            answer((1.5 * z + x @ np.array(input["weights"]) - 0.25).tolist())
            """, input: Input(rows: OracleRows(rows), weights: head.weights.map(Double.init)))
        let found = head.scores(embeddings: rows.embeddings, baseScores: rows.baseScores)
        // Summed in Double, rounded once to Float: half a unit of the last of 24 bits.
        #expect(relativeDifference(found.map(Double.init), expected) < 6e-8)
    }

    @Test("A zero embedding is scored by the base and the intercept")
    func zeroEmbedding() {
        let head = LinearHead(baseScale: 2, weights: [1, 1], intercept: 1)
        #expect(head.scores(embeddings: Matrix(rows: 1, columns: 2), baseScores: [3]) == [7])
    }

    @Test("Arrays that are not a head's are refused")
    func unreadable() {
        let weights = HeadArray(name: "weights", values: Matrix(rows: 1, columns: 3))
        let number = Matrix(rows: 1, columns: 1)
        let scale = HeadArray(name: "base_scale", values: number)
        #expect(throws: AdapterError.self) { try Head(arrays: [weights]) }
        #expect(throws: AdapterError.unreadableHead(reason: "`intercept` has 3 elements, not 1")) {
            _ = try Head(arrays: [weights, scale, HeadArray(name: "intercept", values: weights.values)])
        }
        #expect(throws: AdapterError.unreadableHead(reason: "`weights` has 2 rows, not 1")) {
            let tall = HeadArray(name: "weights", values: Matrix(rows: 2, columns: 3))
            _ = try Head(arrays: [tall, scale, HeadArray(name: "intercept", values: number)])
        }
    }
}
