import Foundation
import LinearAlgebra
import Moderation
import Testing

@testable import Store

@Suite("Embedding files")
struct EmbeddingFileTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "embeddings-\(UUID().uuidString)")
    private let matrix = Matrix(rows: 7, columns: 3, storage: (0..<21).map { Float($0) / 8 })

    private func written() throws -> URL {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "embeddings.f32")
        try EmbeddingFile.write(to: file, count: 7, dimensions: 3, rowsAtATime: 2) { matrix.selecting(rows: Array($0)) }
        return file
    }

    @Test("Rows come back with the same bits, in any order")
    func readsBack() throws {
        let rows = try EmbeddingFile(reading: written(), count: 7, dimensions: 3).rows
        defer { try? FileManager.default.removeItem(at: folder) }
        for indices in [Array(0..<7), [2, 3, 6, 0, 0, 5], []] {
            #expect(try rows.matrix(at: indices) == matrix.selecting(rows: indices))
        }
    }

    @Test("A file is little-endian floats, row after row, as NumPy reads them")
    func layout() throws {
        let bytes = try Data(contentsOf: written())
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(
            bytes
                == Data(
                    matrix.storage.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
                ))
    }

    @Test("A file that is too short or too long is refused")
    func wrongSize() throws {
        let file = try written()
        defer { try? FileManager.default.removeItem(at: folder) }
        for (count, bytes) in [(8, 96), (6, 72)] {
            let reason = "it holds 84 bytes, \(count) embeddings of 3 dimensions take \(bytes)"
            #expect(throws: StoreError.damaged(path: file.path, reason: reason)) {
                try EmbeddingFile(reading: file, count: count, dimensions: 3)
            }
        }
    }

    @Test("A file that is cut off while it is read is one error")
    func truncated() throws {
        let file = try written()
        defer { try? FileManager.default.removeItem(at: folder) }
        let rows = try EmbeddingFile(reading: file, count: 7, dimensions: 3).rows
        #expect(truncate(file.path, 50) == 0)
        #expect(try rows.matrix(at: [0, 1, 2, 3]) == matrix.selecting(rows: [0, 1, 2, 3]))
        let error = StoreError.damaged(path: file.path, reason: "it was cut off while it was read, in or after image 4")
        #expect(throws: EmbeddingsUnreadable("\(error)")) { try rows.matrix(at: [0, 4, 5]) }
    }
}
