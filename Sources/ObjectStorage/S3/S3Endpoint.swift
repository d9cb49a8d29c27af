internal import Foundation

/// Buckets of an S3-compatible endpoint: path style addresses, Signature Version 4, retries and limits.
///
/// Every call blocks its thread; any number of threads may call at once.
public struct S3Endpoint: Sendable {
    /// Where it is and how it is talked to.
    public let settings: S3Settings
    private let session: HTTPSession
    /// The buckets that are there for whoever holds this value; `nil` for all.
    private var visible: Set<String>?

    public init(_ settings: S3Settings) {
        self.settings = settings
        session = HTTPSession(idleSeconds: settings.patience.idleSeconds)
    }

    /// The endpoint for somebody who may see `buckets` alone: all others are not there.
    public func limited(to buckets: [String]) -> S3Endpoint {
        var endpoint = self
        endpoint.visible = Set(buckets)
        return endpoint
    }

    /// An object's bytes, and what tells this version of it from others.
    struct Object {
        let bytes: Data
        let entityTag: String?
    }

    func read(_ location: ObjectLocation, limit: Int) throws(ObjectStorageError) -> Data {
        guard let object = try object(at: location, limit: limit, unless: nil) else { throw .noSuchObject(location) }
        return object.bytes
    }

    /// The object at `location`; `nil` where its entity tag is `known`.
    func object(at location: ObjectLocation, limit: Int, unless known: String?) throws(ObjectStorageError) -> Object? {
        var request = S3Request(method: "GET", location: location)
        if let known { request.headers.append((name: "If-None-Match", value: known)) }
        let answer = try send(request, limit: limit)
        if answer.status == 304 { return nil }
        // URLSession unpacks what is declared as packed, so that these are not the object's bytes.
        if let coding = answer.header("Content-Encoding"), !["", "identity", "aws-chunked"].contains(coding) {
            throw .failed(location, reason: "it is stored with `Content-Encoding: \(coding)`, which is not supported")
        }
        return Object(bytes: answer.body, entityTag: answer.header("ETag"))
    }

    func write(_ bytes: Data, to location: ObjectLocation) throws(ObjectStorageError) {
        _ = try send(S3Request(method: "PUT", location: location, body: bytes), limit: Self.longestList)
    }

    func check(bucket: String) throws(ObjectStorageError) {
        _ = try send(S3Request(method: "HEAD", location: ObjectLocation(bucket: bucket, key: "")), limit: 0)
    }

    func keys(in bucket: String, prefix: String, limit: Int) throws(ObjectStorageError) -> [String] {
        // Amazon lists in this order, other endpoints need not.
        try objects(in: bucket, prefix: prefix, limit: limit).map(\.key).sorted(by: ObjectLocation.isBefore)
    }

    /// The first `limit` objects that the endpoint lists whose keys begin with `prefix`.
    func objects(
        in bucket: String, prefix: String, limit: Int
    ) throws(ObjectStorageError) -> [ListingPage.Entry] {
        var objects: [ListingPage.Entry] = []
        var token: String?
        repeat {
            let page = try page(of: bucket, prefix: prefix, after: token, limit: limit - objects.count)
            objects += page.objects
            guard page.next == nil || page.next != token else {
                throw .failed(
                    ObjectLocation(bucket: bucket, key: prefix), reason: "the endpoint lists the same page again")
            }
            token = page.next
        } while token != nil && objects.count < limit
        return Array(objects.prefix(limit))
    }

    private func page(
        of bucket: String, prefix: String, after token: String?, limit: Int
    ) throws(ObjectStorageError) -> ListingPage {
        let location = ObjectLocation(bucket: bucket, key: "")
        var request = S3Request(method: "GET", location: location)
        request.query = [
            (name: "encoding-type", value: "url"), (name: "list-type", value: "2"),
            (name: "max-keys", value: String(max(1, min(limit, 1000)))), (name: "prefix", value: prefix),
        ]
        if let token { request.query.insert((name: "continuation-token", value: token), at: 0) }
        let answer = try send(request, limit: Self.longestList)
        guard let page = ListingPage(answer.body) else {
            throw .failed(location, reason: "the endpoint's list of objects is not what ListObjectsV2 answers")
        }
        return page
    }

    /// 1000 keys of 1024 bytes, each three times as long where percent-encoded, and what stands around them.
    private static let longestList = 8 << 20
}

extension S3Endpoint {
    /// Sends `request` until it is answered, or until patience ends.
    private func send(_ request: S3Request, limit: Int) throws(ObjectStorageError) -> HTTPExchange.Answer {
        try Self.check(request.location)
        let bucket = request.location.bucket
        guard visible?.contains(bucket) ?? true else { throw .noSuchBucket(bucket: bucket) }
        let patience = settings.patience
        let begin = ContinuousClock.now
        var attempt = 1
        while true {
            let left = patience.totalSeconds - (ContinuousClock.now - begin) / .seconds(1)
            let (answer, trouble) = try attemptOnce(request, limit: limit, seconds: left)
            if let answer { return answer }
            let wait = min(patience.longestWaitSeconds, patience.firstWaitSeconds * pow(2, Double(attempt - 1)))
            // Waits are drawn, so that many clients of one endpoint do not come back at once.
            let drawn = Double.random(in: 0...wait)
            let used = (ContinuousClock.now - begin) / .seconds(1)
            guard attempt < patience.attempts, used + drawn < patience.totalSeconds else {
                let times = attempt == 1 ? "1 attempt" : "\(attempt) attempts"
                throw .failed(request.location, reason: "\(trouble) (\(times) at \(settings.endpoint.host() ?? ""))")
            }
            Thread.sleep(forTimeInterval: drawn)
            attempt += 1
        }
    }

    /// The answer, or what is wrong for now; what is wrong for good is thrown.
    private func attemptOnce(
        _ request: S3Request, limit: Int, seconds: Double
    ) throws(ObjectStorageError) -> (answer: HTTPExchange.Answer?, trouble: String) {
        let answer: HTTPExchange.Answer
        let signed = try request.urlRequest(settings, at: Date())
        do throws(HTTPExchange.Failure) {
            answer = try session.send(signed, limit: limit, seconds: seconds)
        } catch {
            switch error {
            case .tooLarge(let bytes): throw .tooLarge(request.location, bytes: bytes, limit: limit)
            case .network(let reason): return (nil, reason)
            }
        }
        if (200..<300).contains(answer.status) || answer.status == 304 { return (answer, "") }
        let refusal = S3Refusal(answer)
        guard refusal.isPassing else { throw refusal.error(for: request.location) }
        return (nil, refusal.description)
    }

    /// Throws for names that cannot be sent.
    private static func check(_ location: ObjectLocation) throws(ObjectStorageError) {
        try BucketName.check(location.bucket)
        guard location.key.utf8.count <= 1024 else {
            throw .badName(name: "\(location)", reason: "a key has 1024 bytes of UTF-8 at most")
        }
        // On their way through HTTP, such parts are taken out of a path, and the signature breaks.
        let parts = location.keyParts
        guard !parts.contains("."), !parts.contains("..") else {
            throw .badName(name: "\(location)", reason: "a key with a part `.` or `..` is not supported")
        }
    }
}
