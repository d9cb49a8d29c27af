internal import Foundation
internal import Moderation
internal import ObjectStorage

/// The images of a dataset in a storage: which object an image is, and the file that it is mirrored to.
struct StoredImages: Sendable {
    /// What makes them files.
    let mirror: ObjectMirror
    /// The bucket they are in.
    let bucket: String
    /// What stands before an image's path in its key: empty, or a path that ends with `/`.
    let prefix: String

    /// The object of the image at `path`.
    func location(of path: String) -> ObjectLocation { ObjectLocation(bucket: bucket, key: prefix + path) }

    /// The folder that the images' paths start from, on this machine.
    func folder() throws(ObjectStorageError) -> URL {
        let folder = try mirror.folder(of: bucket)
        return prefix.isEmpty ? folder : folder.appending(path: String(prefix.dropLast()))
    }
}
