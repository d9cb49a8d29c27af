import Evaluation
import Foundation
import Moderation
import Testing

@testable import Store

@Suite struct CleaningTests {
    @Test func removesTrialsAndTheImagesNobodyRefersTo() throws {
        try withFolder { folder in
            let kept = TrialRecord.sample(seed: 71, images: 17, labels: 1)
            let other = TrialRecord.sample(seed: 72, images: 17, labels: 1)
            let gone = [other, other.renamed(Digest(of: "third"))]
            for record in [kept] + gone { try TrialStore(folder: folder).write(record) }

            let store = try #require(try TrialStore.alone(in: folder))
            try store.remove(gone[0].id)
            #expect(try store.removeUnreferencedImages() == 0)
            try store.remove(gone[1].id)
            try store.remove(gone[1].id)
            #expect(try store.removeUnreferencedImages() == 1)
            #expect(try store.ids() == [kept.id])
            _ = try store.read(kept.id)
            // What was forgotten is written again.
            try store.write(other)
            _ = try store.read(other.id)
        }
    }

    @Test func nobodyElseMayUseTheStore() throws {
        try withFolder { folder in
            try TrialStore(folder: folder).write(TrialRecord.sample(seed: 73, images: 17, labels: 1))
            do {
                let user = try TrialStore(folder: folder)
                let isAlone = try TrialStore.alone(in: folder) != nil
                #expect(!isAlone)
                withExtendedLifetime(user) {}
            }
            let isAlone = try TrialStore.alone(in: folder) != nil
            #expect(isAlone)
        }
    }

    @Test func whoWritesFirstUsesTheStoreFromThenOn() throws {
        try withFolder { folder in
            let writer = try TrialStore(folder: folder)
            try writer.write(TrialRecord.sample(seed: 74, images: 17, labels: 1))
            let isAlone = try TrialStore.alone(in: folder) != nil
            #expect(!isAlone)
            withExtendedLifetime(writer) {}
        }
    }
}
