public import BaseModel
public import Foundation
public import Harness
public import ObjectStorage

/// What a server is told when it starts.
public struct ServiceOptions: Sendable {
    /// The address it listens on.
    public var host = "127.0.0.1"
    /// The port; 0 for any that is free.
    public var port = 0
    /// Where the projects of account 000000000000 are; those of others are in `accounts/<id>` below it.
    public let data: Workspace
    /// The base model that answers, and that adapters are trained on.
    public let baseModel: BaseModelDescription
    /// The file that describes it.
    public let baseModelFile: URL
    /// Where `s3://` objects are; with credentials, accounts share it out.
    public let buckets: Buckets
    /// Who may use the server; `nil` where everybody is account 000000000000, and nobody looks at signatures.
    public var credentials: Credentials?
    /// What clients are granted.
    public var limits = ServerLimits()
    /// How many images are moderated at a time.
    public var detectionThreads = ProcessInfo.processInfo.activeProcessorCount
    /// Once asked to stop, how long requests and then background work have to come to their end, in seconds.
    public var graceSeconds = 25.0

    public init(data: Workspace, baseModel: BaseModelDescription, baseModelFile: URL, buckets: Buckets) {
        self.data = data
        self.baseModel = baseModel
        self.baseModelFile = baseModelFile
        self.buckets = buckets
    }
}
