public import Foundation

/// Objects as files on this machine, for programs that read files.
///
/// Of local buckets nothing is copied: the files are the objects. Of an endpoint, objects are fetched into
/// `<folder>/<endpoint digest>/<bucket>/<key>`.
///
/// **Freshness.** A copy counts as long as the endpoint says that the object's entity tag is still the one that was
/// fetched, and the file is the one that was written (same inode, size and time of change). Anything else is fetched
/// again. The endpoint says it in a listing where there are many copies, else in the answer to a `GET` with
/// `If-None-Match`.
public struct ObjectMirror: Sendable {
    /// The buckets that are mirrored.
    public let buckets: Buckets
    /// The most bytes of one object.
    public let limit: Int
    /// The most requests at once.
    public let connections: Int
    private let local: LocalBuckets
    private let versions: URL

    /// - Parameter folder: where copies of an endpoint's objects go; it need not be there.
    public init(of buckets: Buckets, in folder: URL, limit: Int, connections: Int = 8) {
        self.buckets = buckets
        self.limit = limit
        self.connections = connections
        switch buckets {
        case .folder(let local):
            self.local = local
            versions = folder
        case .endpoint(let endpoint):
            let address = Data(endpoint.settings.endpoint.absoluteString.utf8)
            let digest = SignatureV4.hash(of: address).prefix(16)
            local = LocalBuckets(folder: folder.appending(path: "\(digest)"))
            versions = folder.appending(path: "\(digest).versions")
        }
    }

    /// The folder that `bucket` has on this machine, whether it is there or not; below it, an object's path is its key.
    public func folder(of bucket: String) throws(ObjectStorageError) -> URL { try local.folder(of: bucket) }

    /// Makes the objects at `locations` files, several at once, and answers with what kept each from being one: `nil`
    /// where nothing did.
    ///
    /// A request to stop is looked at between objects; those that were not begun are answered with `nil` too, so that the
    /// caller looks at its request again. Nothing more is begun either after the first `.failed`: where an endpoint does
    /// not answer after all retries, thousands of others would wait for nothing.
    ///
    /// - Parameter advance: called after each object, from any thread.
    public func fetch(
        _ locations: [ObjectLocation], isStopped: @escaping @Sendable () -> Bool = { false },
        advance: @escaping @Sendable () -> Void = {}
    ) -> [ObjectStorageError?] {
        guard case .endpoint(let endpoint) = buckets else { return check(locations, isStopped, advance) }
        sweep(locations)
        let copies = FreshCopies(locations.map { (location: $0, entityTag: notedTag(of: $0)) }, at: endpoint)
        let hasFailed = Flag()
        return InParallel.map(locations.count, threads: connections) { index in
            guard !isStopped(), !hasFailed.isRaised else { return nil }
            defer { advance() }
            guard !copies.isFresh(index) else { return nil }
            do throws(ObjectStorageError) {
                try fetch(locations[index], from: endpoint, unless: copies.notedTag(index))
                return nil
            } catch {
                if case .failed = error { hasFailed.raise() }
                return error
            }
        }
    }

    /// What keeps the objects of local buckets from being files.
    private func check(
        _ locations: [ObjectLocation], _ isStopped: () -> Bool, _ advance: () -> Void
    ) -> [ObjectStorageError?] {
        locations.map { location in
            guard !isStopped() else { return nil }
            defer { advance() }
            do throws(ObjectStorageError) {
                _ = try local.existingFile(of: location)
                return nil
            } catch {
                return error
            }
        }
    }

    /// The entity tag of the copy of `location`; `nil` where there is none.
    private func notedTag(of location: ObjectLocation) -> String? {
        (try? local.file(of: location)).flatMap { CopyNote(of: location, in: versions).entityTag(of: $0) }
    }

    private func fetch(
        _ location: ObjectLocation, from endpoint: S3Endpoint, unless known: String?
    ) throws(ObjectStorageError) {
        let file = try local.file(of: location)
        let object: S3Endpoint.Object?
        do throws(ObjectStorageError) {
            object = try endpoint.object(at: location, limit: limit, unless: known)
        } catch {
            // What the endpoint no longer has must not be taken for its object.
            if case .noSuchObject = error { unlink(file.path) }
            throw error
        }
        guard let object else { return }
        try local.makeFolder(of: location)
        try local.write(object.bytes, to: location, isDurable: false)
        if let tag = object.entityTag { CopyNote(of: location, in: versions).write(tag, of: file) }
    }

    /// Removes what writers that died have left in the folders of `locations`.
    private func sweep(_ locations: [ObjectLocation]) {
        let folders = Set(locations.compactMap { try? local.file(of: $0).deletingLastPathComponent().path })
        for folder in folders { TemporaryObject.sweep(folder) }
        TemporaryObject.sweep(versions.path)
    }
}
