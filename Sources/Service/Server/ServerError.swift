/// Why a server does not start. Each description is one sentence.
public enum ServerError: Error, Sendable, Equatable {
    /// The address cannot be listened on.
    case cannotListen(host: String, port: Int, reason: String)
    /// Another server works on the same folder.
    case dataInUse(folder: String)
}

extension ServerError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host) port \(port): \(reason)"
        case .dataInUse(let folder):
            "another server uses the data folder \(folder): stop it first, or give `--data` another folder"
        }
    }
}
