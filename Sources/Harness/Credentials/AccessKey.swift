/// What a client signs its requests with. No description of it, nor of what holds it, shows the secret.
public struct AccessKey: Sendable {
    /// The access key id, which stands in requests; no secret.
    public let id: String
    /// The secret access key, which never does: for deriving signing keys alone.
    public let secret: String

    public init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }
}

extension AccessKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "AccessKey(id: \(id), …)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
