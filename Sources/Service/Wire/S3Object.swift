internal import ObjectStorage

/// An object as clients name it, in requests and in answers.
struct S3Object: Codable, Equatable, Output {
    let bucket: String
    let name: String

    init(_ location: ObjectLocation) {
        bucket = location.bucket
        name = location.key
    }

    var location: ObjectLocation { ObjectLocation(bucket: bucket, key: name) }
}

/// A structure that holds an object alone.
struct S3Location: Codable, Equatable, Output {
    let s3Object: S3Object

    init(_ location: ObjectLocation) { s3Object = S3Object(location) }
}

extension ObjectLocation {
    /// The object that the structure `input`, an `S3Object`, names.
    ///
    /// - Parameter path: where the structure stands in the request.
    /// - Throws: `ServiceError` `.invalidParameter`.
    init(_ input: Input?, at path: String) throws(ServiceError) {
        guard let bucket = input?.text("Bucket"), let key = input?.text("Name") else {
            throw ServiceError(.invalidParameter, "\(path) needs Bucket and Name")
        }
        guard input?.text("Version") == nil else {
            throw ServiceError(
                .invalidParameter,
                "\(path).Version: this server reads the newest version of an object; leave it out")
        }
        self.init(bucket: bucket, key: key)
    }
}
