import Evaluation
import Foundation
import Moderation
import TestSupport
import Testing

@testable import Store

/// No damage to a file's bytes is ever read as good, or stops the process.
@Suite struct DamageTests {
    /// Puts each of `versions` in the place of a good file and reads: none may be read, but for the good one itself.
    private func expectRefusal(of versions: (_ good: [UInt8]) -> [[UInt8]]) throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 21, images: 40, labels: 1)
            try store.write(record)
            let file = store.file(of: record.id)
            let good = try [UInt8](Data(contentsOf: file))
            for version in versions(good) where version != good {
                try Data(version).write(to: file)
                let error = #expect(throws: StoreError.self) { try store.read(record.id) }
                #expect(error?.path == file.path)
            }
            try Data(good).write(to: file)
            _ = try store.read(record.id)
        }
    }

    @Test func flippedBits() throws {
        var random = SampleGenerator(state: 22)
        try expectRefusal { good in
            (0..<2000).map { _ in
                var bytes = good
                bytes[Int.random(in: good.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
                return bytes
            }
        }
    }

    @Test func everyByteOfTheSeal() throws {
        try expectRefusal { good in
            (0..<Seal.size).flatMap { place in
                [0x01, 0x20, 0xFF].map { (mask: UInt8) in
                    var bytes = good
                    bytes[place] ^= mask
                    return bytes
                }
            }
        }
    }

    @Test func truncations() throws {
        try expectRefusal { good in
            (stride(from: 0, to: good.count, by: 37) + [511, 512, 513]).map { Array(good.prefix($0)) }
        }
    }

    @Test func zeroFilledAndLengthened() throws {
        try expectRefusal { good in
            let holes = stride(from: 0, to: good.count, by: 256).map { start in
                var bytes = good
                for place in start..<min(start + 256, good.count) { bytes[place] = 0 }
                return bytes
            }
            return holes + [good + [0], good + good, Array(repeating: 0, count: good.count)]
        }
    }

    /// Whoever forges a seal gets no crash either where the arrays disagree with each other.
    @Test func sealedNonsense() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 23, images: 40, labels: 2)
            try store.write(record)
            let file = store.file(of: record.id)
            let content = try record.content()
            let replacements: [StoredArray?] = [
                nil, StoredArray(-1), StoredArray("text"), StoredArray([Float](repeating: 1, count: 39)),
                StoredArray([UInt8](repeating: 77, count: 40)), StoredArray([0, 1, 2] as [Float], shape: [1, 3]),
            ]
            for key in content.keys {
                for replacement in replacements where replacement != content[key] {
                    var changed = content
                    changed[key] = replacement
                    try Data(changed.sealed(as: .trial, path: file.path)).write(to: file)
                    guard let read = try? store.read(record.id) else { continue }
                    #expect(try read.content() != content, "\(key) was changed and not noticed")
                }
            }
        }
    }

    @Test func aFileWithoutItsCommitMarkerIsRefused() throws {
        try withFolder { folder in
            let store = try TrialStore(folder: folder)
            let record = TrialRecord.sample(seed: 24, images: 2, labels: 1)
            try store.write(record)
            let file = store.file(of: record.id)
            for marker in [nil, StoredArray(Digest(of: "other").description)] {
                var content = try record.content()
                content[FileContent.completeKey] = marker
                let image = try content.image(userBlock: Seal.size)
                try Data(Seal.file(.trial, image: image)).write(to: file)
                let error = #expect(throws: StoreError.self) { try store.read(record.id) }
                #expect(error?.description.contains("commit marker") == true)
            }
        }
    }

    /// A seal that fits garbage: the library's own checks remain, and it is not asked to print.
    @Test func sealedGarbageIsRefused() throws {
        try withFolder { folder in
            let file = folder.appending(path: "garbage.h5")
            for image in [[], Array("not HDF5".utf8), Array(repeating: 0xFF, count: 4096)] {
                try Data(Seal.file(.trial, image: image)).write(to: file)
                #expect(throws: StoreError.self) {
                    try SealedFile(opening: file.path, as: .trial).content()
                }
            }
        }
    }

    /// Another program's file under a seal of ours: a group that contains itself, an array larger than any memory.
    @Test func sealedTrapsAreRefused() throws {
        struct Answer: Decodable {
            let cycle: [UInt8]
            let vast: [UInt8]
        }
        let script = """
            import h5py, os, tempfile
            def made(build):
                path = os.path.join(tempfile.mkdtemp(dir=input), "made.h5")
                with h5py.File(path, "w", userblock_size=512) as f: build(f)
                return list(open(path, "rb").read()[512:])
            def cycle(f): f["group/itself"] = f.create_group("group")
            def vast(f): f.create_dataset("vast", shape=(2**40, 2**20), dtype="f4", chunks=(1, 1))
            answer({"cycle": made(cycle), "vast": made(vast)})
            """
        try withFolder { folder in
            let made = try Oracle.run(script, input: folder.path, as: Answer.self)
            for (image, word) in [(made.cycle, "too deep"), (made.vast, "more than its file can hold")] {
                let file = folder.appending(path: "trap.h5")
                try Data(Seal.file(.trial, image: image)).write(to: file)
                let error = #expect(throws: StoreError.self) {
                    try SealedFile(opening: file.path, as: .trial).content()
                }
                #expect(error?.description.contains(word) == true, "\(String(describing: error))")
            }
        }
    }
}
