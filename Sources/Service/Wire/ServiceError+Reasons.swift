internal import Foundation
internal import Harness
internal import ObjectStorage

extension ServiceError {
    /// Nothing of the account has the name `arn`.
    static func notFound(_ arn: String) -> ServiceError {
        ServiceError(.resourceNotFound, "The resource \(arn) is not found")
    }

    /// Why an object is not read, or a bucket not written to, in Amazon Rekognition's words.
    init(_ error: ObjectStorageError) {
        switch error {
        case .denied: self.init(.accessDenied, "\(error)")
        // A network or a disk may do better the next time, and SDKs try again for this exception.
        case .failed: self.init(.throttling, "\(error)")
        case .badName, .noSuchBucket, .noSuchObject, .tooLarge:
            self.init(.invalidS3Object, "Unable to get object metadata from S3: \(error)")
        }
    }

    /// The same for an operation that has no `InvalidS3ObjectException`; `failure` says what was not to be had.
    init(_ failure: String, _ error: ObjectStorageError) {
        let code = ServiceError(error).code
        self.init(code == .invalidS3Object ? .invalidParameter : code, "\(failure): \(error)")
    }
}

extension Error {
    /// What a client is told of an error in the files of a project, which names files: those are for who runs the server.
    var sentenceForClients: String {
        switch self as any Error {
        case ProjectError.damaged(_, let reason), ProjectError.unreadable(_, let reason): reason
        case ProjectError.unknownLayout(_, let found, let known): "layout \(found) is there, layout \(known) is known"
        default: "its files on this server are damaged or missing"
        }
    }
}
