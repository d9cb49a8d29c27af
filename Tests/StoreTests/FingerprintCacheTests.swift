import Foundation
import Moderation
import Store
import Testing

/// What is kept comes back, and what is damaged is not believed.
@Suite final class FingerprintCacheTests {
    private let store = FileManager.default.temporaryDirectory.appending(path: "fingerprints-\(UUID().uuidString)")

    deinit { try? FileManager.default.removeItem(at: store) }

    private func fingerprint(_ number: UInt64) -> Fingerprint {
        Fingerprint(
            pixels: Digest(of: "pixels \(number)"), hash: .max - number, mirroredHash: number, width: 320, height: 1,
            bytes: 12_345, contrast: 0)
    }

    private func images(_ numbers: Range<UInt64>) -> [Digest: Fingerprint] {
        Dictionary(uniqueKeysWithValues: numbers.map { (Digest(of: "image \($0)"), fingerprint($0)) })
    }

    private var files: [URL] {
        let folder = store.appending(path: "fingerprints/revision-1")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.map { folder.appending(path: $0) }
    }

    @Test func whatIsKeptComesBack() throws {
        let cache = FingerprintCache(store: store, revision: 1)
        let all = images(0..<20)
        #expect(try cache.load(Set(all.keys)).isEmpty)
        try cache.append(images(0..<12))
        try cache.append(images(8..<20))
        #expect(try cache.load(Set(all.keys)) == all)
        let some = images(3..<5)
        #expect(try cache.load(Set(some.keys)) == some)
    }

    @Test func anotherRevisionKnowsNothing() throws {
        try FingerprintCache(store: store, revision: 1).append(images(0..<3))
        #expect(try FingerprintCache(store: store, revision: 2).load(Set(images(0..<3).keys)).isEmpty)
    }

    @Test func nothingIsWrittenForNothing() throws {
        try FingerprintCache(store: store, revision: 1).append([:])
        #expect(files.isEmpty)
    }

    /// A file is called after its bytes: one that was cut or changed is not read.
    @Test func aDamagedFileIsNotBelieved() throws {
        let cache = FingerprintCache(store: store, revision: 1)
        try cache.append(images(0..<3))
        let file = try #require(files.first)
        let bytes = try Data(contentsOf: file)
        for damaged in [bytes.dropLast(), Data(bytes.map { $0 == UInt8(ascii: "3") ? UInt8(ascii: "4") : $0 })] {
            try Data(damaged).write(to: file)
            #expect(try cache.load(Set(images(0..<3).keys)).isEmpty)
        }
    }

    @Test func distanceIsTheSameBothWaysAndSeesMirrors() {
        let first = Fingerprint(
            pixels: Digest(of: "a"), hash: 0b1111, mirroredHash: 0b1_0000_0000, width: 1, height: 1, bytes: 1,
            contrast: 1)
        let second = Fingerprint(
            pixels: Digest(of: "b"), hash: 0b1_0000_0001, mirroredHash: 0, width: 1, height: 1, bytes: 1, contrast: 1)
        #expect(first.distance(to: second) == 1)
        #expect(second.distance(to: first) == 1)
        #expect(first.distance(to: first) == 0)
    }
}
