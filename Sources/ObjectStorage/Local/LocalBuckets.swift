public import Foundation

/// Buckets as folders: `s3://bucket/a/b.jpg` is the file `bucket/a/b.jpg` of a folder.
///
/// A bucket may be a link to a folder elsewhere; links inside a bucket count as long as they lead to what is in it.
public struct LocalBuckets: Sendable {
    /// The folder whose folders are buckets.
    public let folder: URL

    public init(folder: URL) { self.folder = folder.standardizedFileURL }

    /// The file of the object at `location`, whether it is there or not; only its name is looked at.
    ///
    /// - Throws: `.badName` for what would lead out of the bucket or cannot be a file's path.
    public func file(of location: ObjectLocation) throws(ObjectStorageError) -> URL {
        guard location.keyParts.allSatisfy(Self.isName), !location.key.unicodeScalars.contains("\0"),
            location.key.utf8.count <= 1024
        else {
            throw .badName(
                name: "\(location)",
                reason: "in a local folder, a key is a path of 1024 bytes at most, without empty parts, `.` and `..`, "
                    + "and a part has 255 bytes at most")
        }
        return try self.folder(of: location.bucket).appending(path: location.key)
    }

    /// The folder of `bucket`, whether it is there or not.
    public func folder(of bucket: String) throws(ObjectStorageError) -> URL {
        try BucketName.check(bucket)
        return folder.appending(path: bucket)
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name != "." && name != ".." && name.utf8.count <= 255
            && !TemporaryObject.isTemporary(name)
    }
}

extension LocalBuckets {
    func read(_ location: ObjectLocation, limit: Int) throws(ObjectStorageError) -> Data {
        _ = try file(of: location)
        let bucket = try BucketFolder(of: location, in: self)
        let file = try bucket.open(bucket.parts(of: location), of: location)
        return try file.read(limit: limit, of: location)
    }

    func write(_ bytes: Data, to location: ObjectLocation) throws(ObjectStorageError) {
        try write(bytes, to: location, isDurable: true)
    }

    /// - Parameter isDurable: whether the object is on the device when this returns; without that, only the end of the
    ///   process is survived.
    func write(_ bytes: Data, to location: ObjectLocation, isDurable: Bool) throws(ObjectStorageError) {
        _ = try file(of: location)
        guard let name = location.keyParts.last else { return }
        let folder = try BucketFolder(of: location, in: self).openParent(of: location, isDurable: isDurable)
        var object = try TemporaryObject(named: name, in: folder, of: location)
        try object.put(bytes, isDurable: isDurable)
    }

    /// Makes the bucket of `location` where it is not there.
    func makeFolder(of location: ObjectLocation) throws(ObjectStorageError) {
        do {
            try FileManager.default.createDirectory(
                at: try folder(of: location.bucket), withIntermediateDirectories: true)
        } catch {
            let isDenied = (error as? CocoaError)?.code == .fileWriteNoPermission
            let reason = isDenied ? "no permission to make" : "nothing can be made at"
            throw .failed(location, reason: "\(reason) the folder that its copy goes to")
        }
    }

    func check(bucket: String) throws(ObjectStorageError) {
        _ = try BucketFolder(of: ObjectLocation(bucket: bucket, key: ""), in: self)
    }

    func keys(in bucket: String, prefix: String, limit: Int) throws(ObjectStorageError) -> [String] {
        let folder = try BucketFolder(of: ObjectLocation(bucket: bucket, key: ""), in: self)
        var listing = LocalListing(root: folder.path, prefix: prefix)
        try listing.read(bucket)
        return Array(listing.keys.sorted(by: ObjectLocation.isBefore).prefix(limit))
    }

    /// The file that holds the object at `location`, with all links resolved: in its bucket, and regular.
    func existingFile(of location: ObjectLocation) throws(ObjectStorageError) -> URL {
        _ = try file(of: location)
        let bucket = try BucketFolder(of: location, in: self)
        let parts = try bucket.parts(of: location)
        _ = try bucket.open(parts, of: location).regularSize(location)
        return URL(filePath: bucket.path).appending(path: parts.joined(separator: "/"))
    }
}
