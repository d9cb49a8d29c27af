public import Foundation

/// Buckets of objects: the folders of a local folder, or those of an S3-compatible endpoint.
///
/// Every call blocks its thread until the answer is there.
public enum Buckets: Sendable {
    /// Each folder in a folder is a bucket, each file below that an object, its path from there its key.
    case folder(LocalBuckets)
    /// The buckets of an S3-compatible endpoint.
    case endpoint(S3Endpoint)

    /// The bytes of the object at `location`.
    ///
    /// - Parameter limit: the most bytes that are read; where there are more, none are, and the answer is `.tooLarge`.
    public func read(_ location: ObjectLocation, limit: Int) throws(ObjectStorageError) -> Data {
        switch self {
        case .folder(let buckets): try buckets.read(location, limit: limit)
        case .endpoint(let endpoint): try endpoint.read(location, limit: limit)
        }
    }

    /// Writes an object whole or not at all, over one that is there.
    public func write(_ bytes: Data, to location: ObjectLocation) throws(ObjectStorageError) {
        switch self {
        case .folder(let buckets): try buckets.write(bytes, to: location)
        case .endpoint(let endpoint): try endpoint.write(bytes, to: location)
        }
    }

    /// Throws unless the bucket is there.
    public func check(bucket: String) throws(ObjectStorageError) {
        switch self {
        case .folder(let buckets): try buckets.check(bucket: bucket)
        case .endpoint(let endpoint): try endpoint.check(bucket: bucket)
        }
    }

    /// The keys of `bucket` that begin with `prefix`, in the order of their UTF-8 bytes; at most `limit` of them.
    public func keys(in bucket: String, prefix: String, limit: Int) throws(ObjectStorageError) -> [String] {
        switch self {
        case .folder(let buckets): try buckets.keys(in: bucket, prefix: prefix, limit: limit)
        case .endpoint(let endpoint): try endpoint.keys(in: bucket, prefix: prefix, limit: limit)
        }
    }
}

extension Buckets {
    /// The buckets that are meant: those of `place`, a folder or the address of an endpoint, where somebody names it;
    /// else of the endpoint that `environment` names, as `S3Settings` reads it; else the folders of `standard`.
    ///
    /// - Throws: `S3SettingsError`.
    public init(at place: String?, environment: [String: String], standard: URL) throws(S3SettingsError) {
        let place = place.flatMap { $0.isEmpty ? nil : $0 }
        if let place, !S3Settings.isAddress(place) {
            self = .folder(LocalBuckets(folder: URL(filePath: place)))
        } else if let settings = try S3Settings(endpoint: place, environment: environment) {
            self = .endpoint(S3Endpoint(settings))
        } else {
            self = .folder(LocalBuckets(folder: standard))
        }
    }
}

extension Buckets: CustomStringConvertible {
    /// Where they are, for people.
    public var description: String {
        switch self {
        case .folder(let buckets):
            let path = buckets.folder.path
            return "the folder \(path)" + (FileManager.default.fileExists(atPath: path) ? "" : ", which is not there")
        case .endpoint(let endpoint): return "the endpoint \(endpoint.settings.endpoint)"
        }
    }
}
