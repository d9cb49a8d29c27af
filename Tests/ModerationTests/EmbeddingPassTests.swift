import LinearAlgebra
import Moderation
import Testing

@Suite("Passes over embeddings")
struct EmbeddingPassTests {
    private func set(_ count: Int) -> EmbeddingSet<Training> {
        let embeddings = Matrix(rows: count, columns: 1, storage: (0..<count).map(Float.init))
        return EmbeddingSet(embeddings: embeddings, groups: Array(0..<count))
    }

    @Test("Every row comes once, in order, in lanes that follow each other", arguments: [0, 1, 2048, 2049, 30_000])
    func everyRow(count: Int) throws {
        let lanes = try set(count).pass(from: [(Int, Float)]()) { seen, rows, embeddings in
            #expect(rows.count == embeddings.rows && rows.count <= 2048)
            for (place, row) in rows.enumerated() { seen.append((row, embeddings[place, 0])) }
        }
        let seen = lanes.flatMap { $0 }
        #expect(seen.map(\.0) == Array(0..<count) && seen.map(\.1) == (0..<count).map(Float.init))
        #expect(lanes.count <= 8)
    }

    @Test("Groups come whole, wherever their rows stand")
    func wholeGroups() throws {
        let groups = (0..<900).map { group in stride(from: group, to: 5000, by: 900).map { $0 } } + [Array(5000..<9000)]
        let lanes = try set(9000).pass(over: groups, from: [[Int]]()) { seen, groups, embeddings in
            let rows = groups.flatMap { $0 }
            #expect(embeddings.storage == rows.map(Float.init))
            #expect(rows.count <= 2048 || groups.count == 1)
            seen += groups
        }
        #expect(lanes.flatMap { $0 } == groups)
    }

    @Test("A selection of stored rows asks for its own")
    func selection() throws {
        let stored = EmbeddingRows(count: 10, dimensions: 1) { indices in
            Matrix(rows: indices.count, columns: 1, storage: indices.map { Float($0) })
        }
        let set = EmbeddingSet<Training>(stored, at: [9, 3, 5, 7], groups: [0, 1, 2, 3])
        let selected = set.selecting([3, 0])
        #expect(!selected.isInMemory && selected.count == 2 && selected.groups == [3, 0] && selected.rows == [3, 0])
        #expect(try selected.pass(from: [Float]()) { $0 += $2.storage } == [[7, 9]])
    }
}
