import Foundation
import ObjectStorage
import Synchronization
import TestSupport
import Testing

@Suite("A mirror of objects", .serialized)
final class ObjectMirrorTests {
    /// One server for all tests, which come one after another: it takes a second to start.
    private static let moto = Result { try PythonServer.moto() }
    private let server: PythonServer
    private let root = FileManager.default.temporaryDirectory.appending(path: "mirror-\(UUID().uuidString)")
    private let buckets: Buckets
    private let mirror: ObjectMirror

    init() throws {
        server = try Self.moto.get()
        try server.reset()
        buckets = try Buckets(at: nil, environment: server.s3Environment, standard: root)
        mirror = ObjectMirror(of: buckets, in: root, limit: 1000)
        _ = try Boto3.run("client.create_bucket(Bucket='photos')\nanswer({})", at: server, as: [String: String].self)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    private func at(_ key: String) -> ObjectLocation { ObjectLocation(bucket: "photos", key: key) }

    private func file(_ key: String) throws -> URL { try mirror.folder(of: "photos").appending(path: key) }

    @Test("Objects become files, and only what changed is fetched again")
    func freshness() throws {
        let keys = (0..<40).map { "a/\($0).jpg" } + ["ä ö/+%.png"]
        for key in keys { try buckets.write(Data(key.utf8), to: at(key)) }
        #expect(mirror.fetch(keys.map(at)).allSatisfy { $0 == nil })
        for key in keys { #expect(try Data(contentsOf: file(key)) == Data(key.utf8)) }
        #expect(try reads() == ["GET 200": keys.count])
        #expect(mirror.fetch(keys.map(at)).allSatisfy { $0 == nil })
        #expect(try reads() == ["GET 200": keys.count, "GET 304": keys.count])
        // The same number of bytes, so that only the entity tag tells.
        try buckets.write(Data("A/0.jpg".utf8), to: at("a/0.jpg"))
        // A file that somebody else wrote is no copy.
        try Data("a/1.JPG".utf8).write(to: file("a/1.jpg"))
        #expect(mirror.fetch(keys.map(at)).allSatisfy { $0 == nil })
        #expect(try Data(contentsOf: file("a/0.jpg")) == Data("A/0.jpg".utf8))
        #expect(try Data(contentsOf: file("a/1.jpg")) == Data("a/1.jpg".utf8))
        #expect(try reads()["GET 200"] == keys.count + 2)
    }

    @Test("Of many copies, a listing says which are fresh")
    func listedFreshness() throws {
        let keys = (0..<150).map { "many/ä \($0)+%.png" }
        for key in keys + ["other/x", "manyx"] { try buckets.write(Data(key.utf8), to: at(key)) }
        #expect(mirror.fetch(keys.map(at)).allSatisfy { $0 == nil })
        #expect(try reads() == ["GET 200": keys.count])
        #expect(mirror.fetch(keys.map(at)).allSatisfy { $0 == nil })
        // One page.
        #expect(try reads() == ["GET 200": keys.count + 1])
        try buckets.write(Data("changed".utf8), to: at(keys[7]))
        let delete = "client.delete_object(Bucket='photos', Key=input['x'])\nanswer({})"
        _ = try Boto3.run(delete, keys[8], at: server, as: [String: String].self)
        let errors = mirror.fetch(keys.map(at))
        #expect(errors[8] == .noSuchObject(at(keys[8])) && errors.count { $0 != nil } == 1)
        #expect(try Data(contentsOf: file(keys[7])) == Data("changed".utf8))
        #expect(try reads() == ["GET 200": keys.count + 3, "GET 404": 1])
    }

    @Test("What cannot be had is said of each, and no old copy stays")
    func refusals() throws {
        try buckets.write(Data("x".utf8), to: at("gone"))
        try buckets.write(Data("x".utf8), to: at("there"))
        try buckets.write(Data(count: 1001), to: at("large"))
        try buckets.write(Data(), to: at("folder//x"))
        #expect(mirror.fetch([at("gone"), at("there")]) == [nil, nil])
        let delete = "client.delete_object(Bucket='photos', Key='gone')\nanswer({})"
        _ = try Boto3.run(delete, at: server, as: [String: String].self)
        let elsewhere = ObjectLocation(bucket: "nowhere", key: "a")
        let errors = mirror.fetch([at("gone"), at("there"), at("large"), at("folder//x"), elsewhere])
        #expect(errors[0] == .noSuchObject(at("gone")))
        #expect(errors[1] == nil)
        #expect(errors[2] == .tooLarge(at("large"), bytes: 1001, limit: 1000))
        if case .badName? = errors[3] {} else { Issue.record("\(errors[3].debugDescription)") }
        #expect(errors[4] == .noSuchBucket(bucket: "nowhere"))
        #expect(!FileManager.default.fileExists(atPath: try file("gone").path))
    }

    @Test("A request to stop is heeded between objects")
    func cancellation() throws {
        for index in 0..<30 { try buckets.write(Data(), to: at("\(index)")) }
        let begun = Mutex(0)
        let slow = ObjectMirror(of: buckets, in: root, limit: 1000, connections: 2)
        _ = slow.fetch(
            (0..<30).map { at("\($0)") },
            isStopped: {
                begun.withLock {
                    $0 += 1; return $0 > 5
                }
            })
        #expect(try reads()["GET 200"] == 5)
    }

    @Test("What a dead writer left is removed, what a live one holds is not")
    func sweep() throws {
        try buckets.write(Data(), to: at("a/x"))
        #expect(mirror.fetch([at("a/x")]) == [nil])
        let dead = try file("a/.moderato-tmp-1-1"), live = try file("a/.moderato-tmp-1-2")
        for file in [dead, live] { try Data().write(to: file) }
        let handle = try FileHandle(forUpdating: live)
        #expect(flock(handle.fileDescriptor, LOCK_EX) == 0)
        #expect(mirror.fetch([at("a/x")]) == [nil])
        #expect(!FileManager.default.fileExists(atPath: dead.path))
        #expect(FileManager.default.fileExists(atPath: live.path))
    }

    @Test("Where an endpoint is gone, the first failure ends it")
    func endpointGone() throws {
        var patience = S3Settings.Patience()
        patience.firstWaitSeconds = 0.01
        let gone = Buckets.endpoint(S3Endpoint(try S3Settings(endpoint: "http://127.0.0.1:1", patience: patience)))
        let errors = ObjectMirror(of: gone, in: root, limit: 10, connections: 2).fetch((0..<500).map { at("\($0)") })
        #expect((1...2).contains(errors.count { $0 != nil }))
    }

    @Test("Two mirrors at once, in one folder, end with whole files")
    func twoAtOnce() throws {
        let keys = (0..<30).map { "b/\($0)" }
        for key in keys { try buckets.write(Data(repeating: 7, count: 900), to: at(key)) }
        let failures = Failures()
        let mirror = mirror
        let locations = keys.map(at)
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            failures.catching { if let error = mirror.fetch(locations).compactMap({ $0 }).first { throw error } }
        }
        #expect(failures.all.isEmpty)
        for key in keys { #expect(try Data(contentsOf: file(key)) == Data(repeating: 7, count: 900)) }
    }

    @Test("Of a local folder nothing is copied")
    func localFolder() throws {
        let folder = root.appending(path: "s3")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "photos"), withIntermediateDirectories: true)
        let local = try Buckets(at: folder.path, environment: [:], standard: root)
        try local.write(Data("x".utf8), to: at("a/x"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: "photos/out").path, withDestinationPath: "/etc/hostname")
        let mirror = ObjectMirror(of: local, in: root.appending(path: "cache"), limit: 10)
        let errors = mirror.fetch([at("a/x"), at("no"), at("out")])
        #expect(errors == [nil, .noSuchObject(at("no")), .denied(at("out"), reason: "a link leads out of the bucket")])
        #expect(try mirror.folder(of: "photos").path == folder.appending(path: "photos").path)
        #expect(!FileManager.default.fileExists(atPath: root.appending(path: "cache").path))
    }

    /// How many answers of each kind moto gave to reading.
    private func reads() throws -> [String: Int] { try server.counts().filter { $0.key.hasPrefix("GET") } }
}
