import Evaluation
import Foundation
import Moderation
import Testing

@testable import Store

@Suite struct TrialStoreTests {
    @Test func everyRecordComesBackBitForBit() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            for seed in 0..<60 {
                let record = TrialRecord.sample(seed: UInt64(seed))
                #expect(try store.write(record) == .written)
                let read = try store.read(record.id)
                // Records hold NaN, which equals nothing: what files say of them is compared, bit for bit.
                #expect(try read.content() == record.content())
                #expect(read.table == record.table)
                #expect(read.images.map { Array($0.path.utf8) } == record.images.map { Array($0.path.utf8) })
                #expect(read.labels.map { $0.head.map(\.name) } == record.labels.map { $0.head.map(\.name) })
            }
        }
    }

    @Test func recordsWithoutNaNAreEqual() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 1, images: 40, labels: 0)
            try store.write(record)
            #expect(try store.read(record.id) == record)
        }
    }

    @Test func listsWhatItHas() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            #expect(try store.ids() == [])
            let records = (0..<20).map { TrialRecord.sample(seed: $0, images: 2, labels: 1) }
            for record in records { try store.write(record) }
            #expect(try store.ids() == records.map(\.id).sorted())
            #expect(try store.contains(records[3].id))
            #expect(try !store.contains(Digest(of: "another")))
            #expect(throws: StoreError.missing(path: store.file(of: Digest(of: "another")).path)) {
                try store.read(Digest(of: "another"))
            }
        }
    }

    @Test func aGoodFileStaysAndADamagedOneIsReplaced() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 5, images: 17, labels: 1)
            try store.write(record)
            let file = store.file(of: record.id)
            let good = try Data(contentsOf: file)
            let number = try inode(file)
            #expect(try store.write(record) == .kept)
            #expect(try inode(file) == number)

            try good.dropLast(100).write(to: file)
            #expect(try !store.contains(record.id))
            guard case .replaced(.damaged) = try store.write(record) else {
                Issue.record("a damaged file was not replaced")
                return
            }
            #expect(try Data(contentsOf: file) == good)
        }
    }

    @Test func aFileUnderAnotherNameIsRefused() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 6, images: 2, labels: 1)
            try store.write(record)
            let other = store.file(of: Digest(of: "other"))
            try FileManager.default.createDirectory(
                at: other.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: store.file(of: record.id), to: other)
            let error = #expect(throws: StoreError.self) { try store.read(Digest(of: "other")) }
            #expect(error?.description.contains("it holds the trial \(record.id.short)") == true)
        }
    }

    @Test func aNewerLayoutIsNeitherReadNorReplaced() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 7, images: 2, labels: 1)
            try store.write(record)
            let file = store.file(of: record.id)
            var bytes = try [UInt8](Data(contentsOf: file))
            bytes.replaceSubrange(0..<23, with: "moderato trial layout 3".utf8)
            try Data(bytes).write(to: file)
            let expected = StoreError.unknownLayout(
                path: file.path, found: "moderato trial layout 3", known: "moderato trial layout 2")
            #expect(throws: expected) { try store.read(record.id) }
            #expect(throws: expected) { try store.write(record) }
            #expect(throws: expected) { try store.contains(record.id) }
            #expect(try Data(contentsOf: file) == Data(bytes))
        }
    }

    @Test func whatHDF5CannotHoldIsRefused() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let sample = TrialRecord.sample(seed: 8, images: 1, labels: 1)
            let record = TrialRecord(
                id: sample.id, specification: "a\0b", determinants: [], adapter: "ridge", repetition: 0,
                thresholdConfidence: 50, images: sample.images, parts: sample.parts, labels: sample.labels)
            let error = #expect(throws: StoreError.self) { try store.write(record) }
            #expect(error?.description.contains("a text of specification contains a zero byte") == true)
            #expect(files(below: folder.appending(path: "trials")) == [])
        }
    }

    @Test func aFileOfAnEarlierLayoutIsReplaced() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 7, images: 2, labels: 1)
            try store.write(record)
            let file = store.file(of: record.id)
            let good = try Data(contentsOf: file)
            let old = Data("moderato trial layout 1".utf8) + good.dropFirst(23)
            try old.write(to: file)
            let expected = StoreError.outdated(path: file.path, found: "moderato trial layout 1")
            #expect(throws: expected) { try store.read(record.id) }
            #expect(expected.description.contains("of an earlier version: run its experiment again"))
            #expect(try !store.contains(record.id))
            #expect(try store.write(record) == .replaced(expected))
            #expect(try Data(contentsOf: file) == good)
        }
    }

    private func inode(_ file: URL) throws -> UInt64? {
        try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? UInt64
    }
}
