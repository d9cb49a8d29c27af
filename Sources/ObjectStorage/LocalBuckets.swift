public import Foundation

/// Buckets as folders: `s3://bucket/a/b.jpg` is the file `bucket/a/b.jpg` of a folder.
public struct LocalBuckets: Sendable {
    /// The folder whose folders are buckets.
    public let folder: URL

    public init(folder: URL) { self.folder = folder.standardizedFileURL }

    /// The file of the object at `location`, whether it is there or not.
    ///
    /// - Throws: `.badName` for what would lead out of the bucket or cannot be a file's path.
    public func file(of location: ObjectLocation) throws(ObjectStorageError) -> URL {
        let names = location.key.split(separator: "/", omittingEmptySubsequences: false)
        guard names.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255 }),
            !location.key.contains("\0")
        else {
            throw .badName(
                name: "\(location)", reason: "in a local folder, a key is a path without empty parts, `.` and `..`")
        }
        return try self.folder(of: location.bucket).appending(path: location.key)
    }

    /// The folder of `bucket`, whether it is there or not.
    public func folder(of bucket: String) throws(ObjectStorageError) -> URL {
        guard bucket.wholeMatch(of: /[0-9A-Za-z.\-_]{3,255}/) != nil, bucket != "..." else {
            throw .badName(name: bucket, reason: "a bucket has 3 to 255 letters, digits, `.`, `-` and `_`")
        }
        return folder.appending(path: bucket)
    }
}

extension LocalBuckets {
    func read(_ location: ObjectLocation, limit: Int) throws(ObjectStorageError) -> Data {
        let file = try file(of: location)
        try check(bucket: location.bucket)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { throw .noSuchObject(location) }
        let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
        guard size <= limit else { throw .tooLarge(location, bytes: size, limit: limit) }
        guard let bytes = FileManager.default.contents(atPath: file.path) else {
            throw .denied(location, reason: "no permission to read \(file.path)")
        }
        return bytes
    }

    func write(_ bytes: Data, to location: ObjectLocation) throws(ObjectStorageError) {
        let file = try file(of: location)
        try check(bucket: location.bucket)
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try bytes.write(to: file, options: .atomic)
        } catch {
            throw .failed(location, reason: error.localizedDescription)
        }
    }

    func check(bucket: String) throws(ObjectStorageError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: try folder(of: bucket).path, isDirectory: &isFolder),
            isFolder.boolValue
        else { throw .noSuchBucket(bucket: bucket) }
    }

    func keys(in bucket: String, prefix: String, limit: Int) throws(ObjectStorageError) -> [String] {
        try check(bucket: bucket)
        let root = try folder(of: bucket)
        guard let all = FileManager.default.enumerator(atPath: root.path) else { return [] }
        var keys: [String] = []
        for case let path as String in all where path.hasPrefix(prefix) {
            guard all.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            keys.append(path)
        }
        return Array(keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(limit))
    }
}
