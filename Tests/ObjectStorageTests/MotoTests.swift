import Foundation
import ObjectStorage
import TestSupport
import Testing

/// The endpoint against moto's S3, with boto3 as the other client; every signature is checked by botocore.
@Suite("An S3 endpoint", .serialized)
final class MotoTests {
    /// One server for all tests, which come one after another: it takes a second to start.
    private static let moto = Result { try PythonServer.moto() }
    private let server: PythonServer
    private let buckets: Buckets

    init() throws {
        server = try Self.moto.get()
        try server.reset()
        let settings = try #require(try S3Settings(environment: server.s3Environment))
        buckets = .endpoint(S3Endpoint(settings))
        try boto3("client.create_bucket(Bucket='photos'); client.create_bucket(Bucket='public-photos')")
    }

    private static let oddKeys = [
        "plain.jpg", "with space.jpg", " leading", "a+b", "100%", "%2F%20", "a&b=c?d#e", "ä/ö/é.png", "e\u{301}",
        "中文/🙂",
        "'quotes\"<>&.jpg", "semi;colon,comma:at@", "a//b", "back\\slash", "~tilde-._", "(1) [2] {3}", "tab\tkey",
        String(repeating: "k", count: 1000), "trailing/", "*$!`|^",
    ]

    @Test("What boto3 writes is read, byte for byte, under odd keys")
    func boto3Writes() throws {
        let objects = Self.oddKeys.enumerated().map { [$1, Self.hexadecimal(Self.bytes($0 * 311))] }
        try boto3(
            "for key, body in x: client.put_object(Bucket='photos', Key=key, Body=bytes.fromhex(body))", objects)
        for (index, key) in Self.oddKeys.enumerated() {
            let bytes = try buckets.read(ObjectLocation(bucket: "photos", key: key), limit: 10_000)
            #expect(bytes == Self.bytes(index * 311), "\(key)")
        }
        let keys = try buckets.keys(in: "photos", prefix: "", limit: 100)
        #expect(keys == Self.oddKeys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test("What is written, boto3 reads, byte for byte, under odd keys")
    func boto3Reads() throws {
        for (index, key) in Self.oddKeys.enumerated() {
            try buckets.write(Self.bytes(index * 311), to: ObjectLocation(bucket: "photos", key: key))
        }
        let script = """
            answer({o['Key']: client.get_object(Bucket='photos', Key=o['Key'])['Body'].read().hex()
                    for page in client.get_paginator('list_objects_v2').paginate(Bucket='photos')
                    for o in page.get('Contents', [])})
            """
        let found = try boto3(script, answering: [String: String].self)
        #expect(found.count == Self.oddKeys.count)
        for (index, key) in Self.oddKeys.enumerated() {
            #expect(found[key] == Self.hexadecimal(Self.bytes(index * 311)), "\(key)")
        }
    }

    @Test("Ten megabytes go and come")
    func large() throws {
        let bytes = Self.bytes(10_000_000)
        let location = ObjectLocation(bucket: "photos", key: "large")
        try buckets.write(bytes, to: location)
        #expect(try buckets.read(location, limit: bytes.count) == bytes)
        #expect(throws: ObjectStorageError.tooLarge(location, bytes: bytes.count, limit: bytes.count - 1)) {
            try buckets.read(location, limit: bytes.count - 1)
        }
    }

    @Test("A listing of 1,234 objects comes in pages, and stops at its limit")
    func pages() throws {
        try boto3(
            "[client.put_object(Bucket='photos', Key=f'{p}/{i}', Body=b'') for p in 'ab' for i in range(1234 if p == 'a' else 3)]"
        )
        let keys = try buckets.keys(in: "photos", prefix: "a/", limit: 10_000)
        #expect(keys == (0..<1234).map { "a/\($0)" }.sorted())
        #expect(try buckets.keys(in: "photos", prefix: "a/", limit: 1100) == Array(keys.prefix(1100)))
        #expect(try buckets.keys(in: "photos", prefix: "b/", limit: 10_000).count == 3)
        #expect(try buckets.keys(in: "photos", prefix: "c/", limit: 10_000).isEmpty)
        #expect(try buckets.keys(in: "photos", prefix: "", limit: 1) == ["a/0"])
    }

    @Test("What is not there is said")
    func missing() throws {
        let location = ObjectLocation(bucket: "photos", key: "no/such")
        #expect(throws: ObjectStorageError.noSuchObject(location)) { try buckets.read(location, limit: 10) }
        let elsewhere = ObjectLocation(bucket: "nowhere", key: "a")
        #expect(throws: ObjectStorageError.noSuchBucket(bucket: "nowhere")) { try buckets.read(elsewhere, limit: 10) }
        #expect(throws: ObjectStorageError.noSuchBucket(bucket: "nowhere")) { try buckets.write(Data(), to: elsewhere) }
        #expect(throws: ObjectStorageError.noSuchBucket(bucket: "nowhere")) { try buckets.check(bucket: "nowhere") }
        #expect(throws: ObjectStorageError.noSuchBucket(bucket: "nowhere")) {
            try buckets.keys(in: "nowhere", prefix: "", limit: 10)
        }
        try buckets.check(bucket: "photos")
    }

    @Test("Names that cannot be sent are refused before they are")
    func badKeys() throws {
        let before = try server.counts()
        for key in ["a/../b", "a/../\u{301}", "..", "./a", String(repeating: "é", count: 513)] {
            #expect {
                try buckets.read(ObjectLocation(bucket: "photos", key: key), limit: 10)
            } throws: { error in
                if case .badName = error as? ObjectStorageError { true } else { false }
            }
        }
        #expect(try server.counts() == before)
    }

    @Test("Another secret, another key and no key are refused, and no error shows a secret")
    func refusals() throws {
        let wrong = [
            ("SignatureDoesNotMatch", S3Credentials(accessKey: PythonServer.accessKey, secretKey: "open-sesame")),
            ("InvalidAccessKeyId", S3Credentials(accessKey: "other", secretKey: "open-sesame")), ("AccessDenied", nil),
        ]
        for (code, credentials) in wrong {
            let other = Buckets.endpoint(
                S3Endpoint(try S3Settings(endpoint: server.address, credentials: credentials)))
            #expect {
                try other.read(ObjectLocation(bucket: "photos", key: "a"), limit: 10)
            } throws: { error in
                guard case .denied(_, let reason) = error as? ObjectStorageError else { return false }
                return reason.contains(code) && !"\(error)".contains("open-sesame")
            }
        }
    }

    @Test("Without keys, requests are unsigned")
    func anonymous() throws {
        try boto3("client.put_object(Bucket='public-photos', Key='a b', Body=b'hello', ACL='public-read')")
        let open = Buckets.endpoint(S3Endpoint(try S3Settings(endpoint: server.address)))
        #expect(try open.read(ObjectLocation(bucket: "public-photos", key: "a b"), limit: 10) == Data("hello".utf8))
    }

    @Test("A session token is sent and signed")
    func sessionToken() throws {
        var environment = server.s3Environment
        environment["AWS_SESSION_TOKEN"] = "token/of=tests+"
        let settings = try #require(try S3Settings(environment: environment))
        try Buckets.endpoint(S3Endpoint(settings)).check(bucket: "photos")
    }

    @Test("What is stored packed is refused, not unpacked")
    func contentEncoding() throws {
        try boto3(
            "import gzip; client.put_object(Bucket='photos', Key='packed', Body=gzip.compress(b'hello'), ContentEncoding='gzip')"
        )
        #expect {
            try buckets.read(ObjectLocation(bucket: "photos", key: "packed"), limit: 1000)
        } throws: { "\($0)".contains("Content-Encoding: gzip") }
    }

    @Test("Many threads read and write at once")
    func threads() throws {
        let buckets = buckets
        let failures = Failures()
        DispatchQueue.concurrentPerform(iterations: 64) { index in
            failures.catching {
                let location = ObjectLocation(bucket: "photos", key: "t/\(index)")
                try buckets.write(Self.bytes(index * 100), to: location)
                guard try buckets.read(location, limit: 10_000) == Self.bytes(index * 100) else {
                    throw ObjectStorageError.failed(location, reason: "other bytes")
                }
            }
        }
        #expect(failures.all.isEmpty)
    }

    private static func hexadecimal(_ bytes: Data) -> String { bytes.map { String(format: "%02x", $0) }.joined() }

    private static func bytes(_ count: Int) -> Data {
        Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 >> 8) })
    }

    private func boto3(_ script: String, _ input: some Encodable = [String]()) throws {
        _ = try boto3("x = input['x']\n\(script)\nanswer({})", input, answering: [String: String].self)
    }

    private func boto3<Answer: Decodable>(
        _ script: String, _ input: some Encodable = [String](), answering type: Answer.Type
    ) throws -> Answer {
        try Boto3.run(script, input, at: server)
    }
}
