import Evaluation
import Foundation
import Moderation
import Testing

@testable import Store

/// What all trials of an experiment share is kept once, on disk and in memory.
@Suite struct ImageTableTests {
    private let record = TrialRecord.sample(seed: 41, images: 40, labels: 2)

    @Test func trialsOfOneExperimentShareOne() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let others = (0..<3).map { record.renamed(Digest(of: "other \($0)")) }
            for record in others + [record] { try store.write(record) }
            #expect(try tables(folder).count == 1)
            let again = try TrialStore(folder: folder)
            let read = try others.map { try again.read($0.id) }
            #expect(read.allSatisfy { $0.table == record.table })
            #expect(Set(read.map { address($0.images) }).count == 1)
            #expect(Set(read.map { address($0.labels[1].baseScores) }).count == 1)

            try store.write(TrialRecord.sample(seed: 42, images: 40, labels: 2))
            #expect(try tables(folder).count == 2)
        }
    }

    @Test func withoutItTheTrialIsMissingUntilWrittenAgain() throws {
        try withFolder { folder in
            let other = record.renamed(Digest(of: "other"))
            for record in [record, other] { try TrialStore(folder: folder).write(record) }
            let file = try #require(try tables(folder).first)
            let good = try Data(contentsOf: file)
            try FileManager.default.removeItem(at: file)

            let store = try TrialStore(folder: folder)
            #expect(try store.finished(among: [record.id, other.id]) == [])
            #expect(throws: StoreError.missing(path: file.path)) { try store.read(record.id) }
            #expect(try store.write(record) == .kept)
            #expect(try Data(contentsOf: file) == good)
            #expect(try store.finished(among: [record.id, other.id]) == [record.id, other.id])
            _ = try store.read(other.id)
        }
    }

    @Test func damageIsNoticedAndReplaced() throws {
        try withFolder { folder in
            try TrialStore(folder: folder).write(record)
            let file = try #require(try tables(folder).first)
            let good = try [UInt8](Data(contentsOf: file))
            var random = SampleGenerator(state: 43)
            for _ in 0..<200 {
                var bytes = good
                bytes[Int.random(in: good.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
                try Data(bytes).write(to: file)
                // A store reads a table once: another must look.
                let store = try TrialStore(folder: folder)
                let error = #expect(throws: StoreError.self) { try store.read(record.id) }
                #expect(error?.path == file.path)
                guard error?.isReplaceable == true else { continue }
                #expect(try !store.contains(record.id))
            }
            try Data(good.dropLast()).write(to: file)
            try TrialStore(folder: folder).write(record)
            #expect(try Data(contentsOf: file) == Data(good))
        }
    }

    /// A table that is in order, but under the name of another, is believed by nobody.
    @Test func aTableUnderAnotherNameIsRefused() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            try store.write(record)
            let file = try #require(try tables(folder).first)
            try store.write(TrialRecord.sample(seed: 44, images: 40, labels: 2))
            let other = try #require(try tables(folder).first { $0 != file })
            try Data(contentsOf: other).write(to: file)
            let error = #expect(throws: StoreError.self) { try TrialStore(folder: folder).read(record.id) }
            #expect(error?.description.contains("it holds other images than its name says") == true)
        }
    }

    private func tables(_ folder: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "images").path)
            .map { folder.appending(path: "images/\($0)") }
    }

    private func address<Element>(_ array: [Element]) -> UnsafePointer<Element>? {
        array.withUnsafeBufferPointer(\.baseAddress)
    }
}
