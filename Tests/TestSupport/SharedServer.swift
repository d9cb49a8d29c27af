internal import Foundation

/// A server with a credentials file over the small base model of `TemporaryProject`, for tests of who may do what.
public final class SharedServer: Sendable {
    /// An account with one access key, as its clients know it.
    public struct Tenant: Sendable, Encodable {
        /// Twelve digits.
        public let account: String
        public let accessKey: String
        public let secretKey: String
    }

    /// The account that owns the data folder itself.
    public static let owner = Tenant(
        account: "000000000000", accessKey: "AKIAOWNER0000", secretKey: "owner/Secret+of40characters=000000000001")
    /// An account with a folder of its own.
    public static let other = Tenant(
        account: "111122223333", accessKey: "AKIAOTHER1111", secretKey: "other/Secret+of40characters=000000000002")
    /// An account that may make two requests in a second.
    public static let slow = Tenant(
        account: "444455556666", accessKey: "AKIASLOW44444", secretKey: "slow-/Secret+of40characters=000000000003")

    /// The folder that it serves.
    public let project: TemporaryProject
    public let server: RunningServer

    /// Starts it.
    ///
    /// - Parameter prepare: makes what shall be in its folder before.
    public init(_ arguments: [String] = [], prepare: (TemporaryProject) throws -> Void = { _ in }) throws {
        project = try TemporaryProject()
        try project.makeImages(24)
        try project.write("credentials.yaml", Self.credentials)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: project.root.appending(path: "credentials.yaml").path)
        try prepare(project)
        server = try RunningServer(
            ["--base-model", "tiny", "--credentials", "credentials.yaml"] + arguments, in: project.root)
    }

    private static let credentials = """
        accounts:
          - {id: "\(owner.account)", keys: [{id: \(owner.accessKey), secret: "\(owner.secretKey)"}]}
          - id: "\(other.account)"
            name: other
            keys:
              - {id: \(other.accessKey), secret: "\(other.secretKey)"}
          - id: "\(slow.account)"
            keys: [{id: \(slow.accessKey), secret: "\(slow.secretKey)"}]
            requests_per_second: 2
        """
}
