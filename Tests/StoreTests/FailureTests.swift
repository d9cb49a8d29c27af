import Evaluation
import Foundation
import Moderation
import Testing

@testable import Store

@Suite struct FailureTests {
    private let record = TrialRecord.sample(seed: 61, images: 17, labels: 1)
    private var failure: FailedTrial {
        FailedTrial(id: record.id, adapter: "ridge", repetition: 3, reason: "no training image shows \"Alcohol/Bière\"")
    }

    @Test func itStandsUntilTheTrialIsFinished() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            #expect(try store.failure(of: record.id) == nil)
            let earlier = FailedTrial(id: record.id, adapter: "ridge", repetition: 3, reason: "another")
            for failure in [earlier, failure] { try store.writeFailure(failure) }
            #expect(try store.failure(of: record.id) == failure)
            #expect(try store.failures(among: [record.id, Digest(of: "stranger")]) == [record.id: failure])
            #expect(try store.finished(among: [record.id]) == [])
            try store.write(record)
            #expect(try store.failures(among: [record.id]) == [:])
            #expect(storedFiles(below: folder).allSatisfy { !$0.hasPrefix("failures/") })
        }
    }

    @Test func whatIsDamagedSaysNothing() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            try store.writeFailure(failure)
            let name = try #require(storedFiles(below: folder).first { $0.hasSuffix(".json") })
            let good = try Data(contentsOf: folder.appending(path: name))
            for bytes in [Data(), good.prefix(30), Data(repeating: 0, count: good.count)] {
                try bytes.write(to: folder.appending(path: name))
                #expect(try store.failures(among: [record.id]) == [:])
            }
            try store.write(record)
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: name).path))
        }
    }
}
