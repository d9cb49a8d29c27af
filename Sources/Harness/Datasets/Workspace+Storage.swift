public import Foundation
public import Imaging
public import ObjectStorage

extension Workspace {
    /// The variable that names where buckets are: a folder, or the address of an S3-compatible endpoint.
    public static let storageVariable = "MODERATO_S3"

    /// The folder whose folders are buckets, where nothing else is configured.
    public var standardStorage: URL { root.appending(path: "s3") }

    /// The buckets that `s3://` addresses mean: those of `place`, a folder or the address of an endpoint; else of what
    /// `MODERATO_S3` names; else of the endpoint that `AWS_ENDPOINT_URL_S3` names; else the folders of `standardStorage`.
    ///
    /// - Throws: `S3SettingsError`.
    public func buckets(
        at place: String? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(S3SettingsError) -> Buckets {
        try Buckets(
            at: place ?? environment[Self.storageVariable], environment: environment, standard: standardStorage)
    }

    /// The images of `buckets`, of `limit` bytes at most, as files; copies are kept in the store.
    public func mirror(of buckets: Buckets, limit: Int = ImageLimits.standard.maximumBytes) -> ObjectMirror {
        ObjectMirror(of: buckets, in: store.appending(path: "s3"), limit: limit)
    }
}
