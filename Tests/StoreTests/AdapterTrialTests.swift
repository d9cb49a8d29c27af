import Evaluation
import Foundation
import LinearAlgebra
import Moderation
import TestSupport
import Testing

@testable import Store

/// The trial of an adapter comes back from its file as it was, in Swift and in Python, and no damage is believed.
@Suite struct AdapterTrialTests {
    private static func sample(seed: UInt64, images: Int? = nil, supports: Int = 0) -> AdapterTrial {
        let record = TrialRecord.sample(seed: seed, images: images)
        let made = CachedEmbeddings.sample(supports, dimensions: 5)
        return AdapterTrial(
            record: record, supports: made.images,
            embeddings: supports == 0 ? Matrix(rows: 0, columns: 0) : made.embeddings)
    }

    private func write(_ trial: AdapterTrial, in folder: URL) throws -> URL {
        let file = folder.appending(path: "trial.h5")
        try trial.bytes(path: file.path).write(to: file)
        return file
    }

    @Test func everyRecordComesBack() throws {
        try withFolder { folder in
            for seed in 0..<60 {
                let trial = Self.sample(seed: UInt64(seed), supports: seed % 4)
                let file = try write(trial, in: folder)
                let read = try AdapterTrial(reading: file)
                // NaN scores are not equal to themselves: every bit is compared instead.
                #expect(read.isSame(as: trial) && read.record.isSame(as: trial.record))
                #expect(read.supports == trial.supports && read.embeddings == trial.embeddings)
                #expect(try read.bytes(path: file.path) == Data(contentsOf: file))
            }
            #expect(!Self.sample(seed: 1, supports: 2).isSame(as: Self.sample(seed: 1, supports: 3)))
        }
    }

    /// Written a second later, in another place: a file has no times and no names of its own.
    @Test func theSameTrialGivesTheSameBytes() throws {
        let trial = Self.sample(seed: 3, images: 600, supports: 40)
        let first = try trial.bytes(path: "a")
        sleep(1)
        #expect(try trial.bytes(path: "b") == first)
    }

    @Test func h5pyReadsWhatWasWritten() throws {
        struct Answer: Decodable {
            let layout: String
            let trialLayout: String
            let id: String
            let paths: [String]
            let truth: [UInt8]
            let scoreBits: [UInt32]
            let supports: [String]
            let embeddings: [Float]
            let times: [Int]
        }
        let script = """
            import h5py
            f = h5py.File(input)
            times = []
            f.visititems(lambda name, item: times.append(h5py.h5o.get_info(item.id).mtime if hasattr(
                h5py.h5o.get_info(item.id), "mtime") else 0))
            answer({
                "layout": f.attrs["layout"], "trialLayout": f["trial"].attrs["layout"], "id": f["trial"].attrs["id"],
                "paths": list(f["images/path"].asstr()[:]), "truth": f["images/labels/0/truth"][:].tolist(),
                "scoreBits": f["trial/labels/0/adapter_scores"][:].view("u4").tolist(),
                "supports": [bytes(row).hex() for row in f["supports/digest"][:]],
                "embeddings": f["supports/embeddings"][:].ravel().tolist(), "times": times,
            })
            """
        try withFolder { folder in
            let record = TrialRecord.sample(seed: 5, images: 17, labels: 2)
            let made = CachedEmbeddings.sample(9, dimensions: 5)
            let trial = AdapterTrial(record: record, supports: made.images, embeddings: made.embeddings)
            let answer = try Oracle.run(script, input: write(trial, in: folder).path, as: Answer.self)
            #expect(answer.layout == "moderato-adapter" && answer.trialLayout == "moderato-trial")
            #expect(answer.id == record.id.description)
            #expect(answer.paths.map { Array($0.utf8) } == record.images.map { Array($0.path.utf8) })
            #expect(answer.truth == record.labels[0].truth.map(\.rawValue))
            #expect(answer.scoreBits == record.labels[0].adapterScores.map(\.bitPattern))
            #expect(answer.supports == made.images.map(\.description))
            #expect(answer.embeddings == made.embeddings.storage)
            #expect(answer.times.allSatisfy { $0 == 0 })
        }
    }

    @Test func damageIsRefusedByName() throws {
        var random = SampleGenerator(state: 7)
        try withFolder { folder in
            let file = try write(Self.sample(seed: 6, images: 40, supports: 7), in: folder)
            let good = try [UInt8](Data(contentsOf: file))
            let flipped = (0..<1000).map { _ in
                var bytes = good
                bytes[Int.random(in: good.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
                return bytes
            }
            let torn = stride(from: 0, to: good.count, by: 97).map { Array(good.prefix($0)) }
            for bytes in flipped + torn + [good + [0]] {
                try Data(bytes).write(to: file)
                let error = #expect(throws: StoreError.self) { try AdapterTrial(reading: file) }
                #expect(error?.path == file.path)
            }
        }
    }

    /// A seal that fits, over arrays that do not belong together.
    @Test func sealedNonsenseIsRefused() throws {
        try withFolder { folder in
            let trial = Self.sample(seed: 8, images: 40, supports: 7)
            let file = folder.appending(path: "trial.h5")
            let content = try AdapterTrialContent.encode(trial, path: file.path)
            let replacements: [StoredArray?] = [
                nil, StoredArray(-1), StoredArray("x"), StoredArray([Float](), shape: [0, 3]),
            ]
            for key in content.keys {
                for replacement in replacements where replacement != content[key] {
                    var changed = content
                    changed[key] = replacement
                    try Data(changed.sealed(as: .adapter, path: file.path)).write(to: file)
                    guard let read = try? AdapterTrial(reading: file) else { continue }
                    #expect(!read.isSame(as: trial), "\(key) was changed and not noticed")
                }
            }
        }
    }

    @Test func anotherKindOfFileIsRefused() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 9, images: 2, labels: 1)
            try store.write(record)
            let error = #expect(throws: StoreError.self) { try AdapterTrial(reading: store.file(of: record.id)) }
            #expect(error?.description.contains("does not begin as adapter files do") == true)
        }
    }
}
