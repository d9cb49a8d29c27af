import Foundation
import ObjectStorage
import TestSupport
import Testing

@Suite("Local buckets")
final class LocalBucketsTests {
    private let root = FileManager.default.temporaryDirectory.appending(path: "buckets-\(UUID().uuidString)")
    private let buckets: Buckets
    private let photos: URL

    init() throws {
        photos = root.appending(path: "s3/photos")
        try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: true)
        buckets = .folder(LocalBuckets(folder: root.appending(path: "s3")))
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    private func at(_ key: String) -> ObjectLocation { ObjectLocation(bucket: "photos", key: key) }

    @Test(
        "What is written is read and listed",
        arguments: ["a.jpg", "a/b/c.jpg", "with space", "a+b%20&?#", "中文/🙂.png", "e\u{301}"])
    func roundTrip(_ key: String) throws {
        for bytes in [Data("first".utf8), Data(), Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })] {
            try buckets.write(bytes, to: at(key))
            #expect(try buckets.read(at(key), limit: 100_000) == bytes)
        }
        #expect(try buckets.keys(in: "photos", prefix: "", limit: 10) == [key])
        #expect(throws: ObjectStorageError.tooLarge(at(key), bytes: 100_000, limit: 99_999)) {
            try buckets.read(at(key), limit: 99_999)
        }
    }

    @Test(
        "A key that leads out, or cannot be a path, is refused",
        arguments: [
            "../x", "../\u{301}x", "a/../../\u{301}", "a/../../x", "..", ".", "/x", "a//b", "a/", "a\0b", "./a",
            ".moderato-tmp-1-1",
            String(repeating: "k", count: 256),
        ])
    func badKeys(_ key: String) throws {
        try Data("secret".utf8).write(to: root.appending(path: "s3/x"))
        #expect {
            try buckets.read(at(key), limit: 10)
        } throws: { if case .badName = $0 as? ObjectStorageError { true } else { false } }
        #expect {
            try buckets.write(Data(), to: at(key))
        } throws: { if case .badName = $0 as? ObjectStorageError { true } else { false } }
    }

    @Test("A bucket's name leads nowhere else", arguments: ["..", "...", "a", "a/b", "", "a b c", ".."])
    func badBuckets(_ bucket: String) {
        #expect {
            try buckets.check(bucket: bucket)
        } throws: { if case .badName = $0 as? ObjectStorageError { true } else { false } }
    }

    @Test("A link that leads out of its bucket is refused; one that stays counts")
    func links() throws {
        let outside = root.appending(path: "outside")
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        try Data("secret".utf8).write(to: outside.appending(path: "secret.txt"))
        try buckets.write(Data("inside".utf8), to: at("real/a.txt"))
        try link("out", to: outside.path)
        try link("relative", to: "../../outside")
        try link("file", to: outside.appending(path: "secret.txt").path)
        try link("other-bucket", to: "../photos-not-this")
        try FileManager.default.createDirectory(
            at: root.appending(path: "s3/photos-not-this"), withIntermediateDirectories: true)
        try Data("secret".utf8).write(to: root.appending(path: "s3/photos-not-this/secret.txt"))
        try link("in", to: "real")
        try link("in.txt", to: "real/a.txt")
        try link("round", to: "round")
        try link("nowhere", to: root.appending(path: "made-by-nobody").path)
        for key in ["out/secret.txt", "relative/secret.txt", "file", "other-bucket/secret.txt"] {
            #expect(throws: ObjectStorageError.denied(at(key), reason: "a link leads out of the bucket"), "\(key)") {
                try buckets.read(at(key), limit: 10)
            }
        }
        for key in ["out/new", "out/new/new", "relative/new", "other-bucket/new", "nowhere/new", "round/new"] {
            #expect(throws: ObjectStorageError.self, "\(key)") { try buckets.write(Data("x".utf8), to: at(key)) }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["secret.txt"])
        #expect(!FileManager.default.fileExists(atPath: root.appending(path: "made-by-nobody").path))
        #expect(try buckets.read(at("in/a.txt"), limit: 10) == Data("inside".utf8))
        #expect(try buckets.read(at("in.txt"), limit: 10) == Data("inside".utf8))
        try buckets.write(Data("more".utf8), to: at("in/b.txt"))
        #expect(try buckets.keys(in: "photos", prefix: "", limit: 100) == ["in.txt", "real/a.txt", "real/b.txt"])
        // Writing replaces a link, not what it leads to.
        try buckets.write(Data("mine".utf8), to: at("file"))
        #expect(try Data(contentsOf: outside.appending(path: "secret.txt")) == Data("secret".utf8))
        #expect(try buckets.read(at("file"), limit: 10) == Data("mine".utf8))
    }

    /// A slash and an accent are one `Character`; composed and decomposed text is equal in Swift, and two keys in S3.
    @Test("Keys are bytes")
    func bytes() throws {
        for key in ["a/\u{301}b", "e\u{301}", "\u{e9}"] { try buckets.write(Data(key.utf8), to: at(key)) }
        for key in ["a/\u{301}b", "e\u{301}", "\u{e9}"] {
            #expect(try buckets.read(at(key), limit: 10) == Data(key.utf8))
        }
        let paths = try buckets.keys(in: "photos", prefix: "", limit: 10).map { Array($0.utf8) }
        #expect(paths == ["a/\u{301}b", "e\u{301}", "\u{e9}"].map { Array($0.utf8) })
        #expect(
            try buckets.keys(in: "photos", prefix: "e", limit: 10).map { Array($0.utf8) } == [Array("e\u{301}".utf8)])
        #expect(try buckets.keys(in: "photos", prefix: "a/", limit: 10).count == 1)
        #expect(FileManager.default.fileExists(atPath: photos.appending(path: "a").path))
    }

    @Test("A bucket may itself be a link")
    func linkedBucket() throws {
        let elsewhere = root.appending(path: "elsewhere")
        try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: root.appending(path: "s3/linked"), withDestinationURL: elsewhere)
        let location = ObjectLocation(bucket: "linked", key: "a/b")
        try buckets.write(Data("x".utf8), to: location)
        #expect(try buckets.read(location, limit: 1) == Data("x".utf8))
        #expect(try buckets.keys(in: "linked", prefix: "a", limit: 1) == ["a/b"])
    }

    @Test("What is not there, and what is no file, is said")
    func missing() throws {
        try buckets.write(Data("x".utf8), to: at("folder/file"))
        for key in ["no", "folder", "folder/file/x", "folder/no"] {
            #expect(throws: ObjectStorageError.noSuchObject(at(key))) { try buckets.read(at(key), limit: 10) }
        }
        #expect(mkfifo(photos.appending(path: "pipe").path, 0o644) == 0)
        #expect(throws: ObjectStorageError.noSuchObject(at("pipe"))) { try buckets.read(at("pipe"), limit: 10) }
        #expect(throws: ObjectStorageError.failed(at("folder"), reason: "there is a folder of this name")) {
            try buckets.write(Data(), to: at("folder"))
        }
        #expect(
            throws: ObjectStorageError.failed(at("folder/file/x"), reason: "a part of its path is a file, not a folder")
        ) {
            try buckets.write(Data(), to: at("folder/file/x"))
        }
        let nowhere = ObjectLocation(bucket: "nowhere", key: "a")
        #expect(throws: ObjectStorageError.noSuchBucket(bucket: "nowhere")) { try buckets.read(nowhere, limit: 1) }
        #expect(throws: ObjectStorageError.noSuchBucket(bucket: "nowhere")) { try buckets.write(Data(), to: nowhere) }
        #expect(throws: ObjectStorageError.noSuchBucket(bucket: "nowhere")) {
            try buckets.keys(in: "nowhere", prefix: "", limit: 1)
        }
        #expect(throws: ObjectStorageError.noSuchBucket(bucket: "nowhere")) { try buckets.check(bucket: "nowhere") }
        // Nothing of a failed write stays.
        let names = try FileManager.default.subpathsOfDirectory(atPath: photos.path).sorted()
        #expect(names == ["folder", "folder/file", "pipe"])
    }

    @Test("A listing shows no temporary, and only what its prefix begins")
    func listing() throws {
        for key in ["ab/c", "b/ab", "b/a/x"] { try buckets.write(Data(), to: at(key)) }
        try Data().write(to: photos.appending(path: "ab/.moderato-tmp-1-1"))
        #expect(try buckets.keys(in: "photos", prefix: "", limit: 10) == ["ab/c", "b/a/x", "b/ab"])
        #expect(try buckets.keys(in: "photos", prefix: "b/a", limit: 10) == ["b/a/x", "b/ab"])
        #expect(try buckets.keys(in: "photos", prefix: "b/a/", limit: 10) == ["b/a/x"])
        #expect(try buckets.keys(in: "photos", prefix: "b", limit: 1) == ["b/a/x"])
        for prefix in ["c", "../", "b//", "/", "b/a/x/y", "../photos/"] {
            #expect(try buckets.keys(in: "photos", prefix: prefix, limit: 10).isEmpty, "\(prefix)")
        }
    }

    /// 10,000 files take 0.1 s on the machine this was written on; a walk that asks too much of each takes many times that.
    @Test("10,000 files are listed at once")
    func manyFiles() throws {
        let folder = photos.appending(path: "many")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for index in 0..<10_000 { try Data().write(to: folder.appending(path: "\(index).jpg")) }
        let begin = ContinuousClock.now
        #expect(try buckets.keys(in: "photos", prefix: "many/", limit: 20_000).count == 10_000)
        #expect(ContinuousClock.now - begin < .seconds(5))
    }

    @Test("A reader never sees half of an object, however many write it")
    func atomicWrites() throws {
        let failures = Failures()
        let buckets = buckets
        let location = at("shared")
        try buckets.write(Data(repeating: 0, count: 50_000), to: location)
        DispatchQueue.concurrentPerform(iterations: 60) { index in
            failures.catching {
                try buckets.write(Data(repeating: UInt8(index), count: 50_000 + index), to: location)
                let bytes = try buckets.read(location, limit: 1_000_000)
                guard bytes.count == 50_000 + Int(bytes[0]), Set(bytes).count == 1 else {
                    throw ObjectStorageError.failed(location, reason: "half of an object")
                }
            }
        }
        #expect(failures.all.isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: photos.path) == ["shared"])
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: photos.appending(path: name).path, withDestinationPath: target)
    }
}
