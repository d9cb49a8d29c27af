public import Foundation

/// Where an S3-compatible endpoint is, and how it is talked to.
public struct S3Settings: Sendable, Equatable {
    /// `http` or `https`, host, perhaps a port and a path that stands before every bucket.
    public let endpoint: URL
    /// The region that signatures are made for.
    public let region: String
    /// What requests are signed with; `nil` sends them unsigned.
    public let credentials: S3Credentials?
    /// How long and how often a request is tried.
    public let patience: Patience

    /// How long and how often a request is tried.
    public struct Patience: Sendable, Equatable {
        /// The most attempts of one request.
        public var attempts = 4
        /// Seconds without a byte after which an attempt is given up.
        public var idleSeconds = 20.0
        /// Seconds after which a request is given up, all attempts together.
        public var totalSeconds = 120.0
        /// The longest wait before the second attempt; it doubles with each further one. The wait is drawn between 0 and it.
        public var firstWaitSeconds = 0.2
        /// The longest wait there is.
        public var longestWaitSeconds = 5.0

        public init() {}
    }

    /// - Throws: `S3SettingsError` for an endpoint that is no `http` or `https` address of a host.
    public init(
        endpoint: String, region: String = S3Settings.standardRegion, credentials: S3Credentials? = nil,
        patience: Patience = Patience()
    ) throws(S3SettingsError) {
        guard let parts = URLComponents(string: endpoint), ["http", "https"].contains(parts.scheme?.lowercased()),
            parts.host?.isEmpty == false, parts.user == nil, parts.password == nil, parts.query == nil,
            parts.fragment == nil, let url = parts.url
        else { throw .badEndpoint }
        self.endpoint = url
        self.region = region
        self.credentials = credentials
        self.patience = patience
    }

    /// What a signature names where no region is configured.
    public static let standardRegion = "us-east-1"

    /// Whether `text` is meant as an address, not as the path of a folder.
    public static func isAddress(_ text: String) -> Bool { text.contains("://") }
}

extension S3Settings {
    /// The settings in `environment`, the variables that the AWS SDKs read; `nil` where it names no endpoint.
    ///
    /// `AWS_ENDPOINT_URL_S3`, or else `AWS_ENDPOINT_URL`; `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
    /// `AWS_SESSION_TOKEN`; `AWS_REGION`, or else `AWS_DEFAULT_REGION`. A variable that is empty counts as not set.
    ///
    /// - Parameter endpoint: an address that comes before those of the environment.
    public init?(endpoint: String? = nil, environment: [String: String]) throws(S3SettingsError) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        guard let endpoint = endpoint ?? value("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") else { return nil }
        let credentials: S3Credentials?
        switch (value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY")) {
        case (let access?, let secret?):
            credentials = S3Credentials(
                accessKey: access, secretKey: secret, sessionToken: value("AWS_SESSION_TOKEN"))
        case (nil, nil): credentials = nil
        case (nil, _): throw .incompleteCredentials(missing: "AWS_ACCESS_KEY_ID")
        case (_, nil): throw .incompleteCredentials(missing: "AWS_SECRET_ACCESS_KEY")
        }
        try self.init(
            endpoint: endpoint, region: value("AWS_REGION", "AWS_DEFAULT_REGION") ?? Self.standardRegion,
            credentials: credentials)
    }
}

/// Why an endpoint cannot be used as it is configured. What was configured is not repeated: it may hold a password.
public enum S3SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The endpoint is not an address.
    case badEndpoint
    /// One of the two keys is set and the other, called `missing`, is not.
    case incompleteCredentials(missing: String)

    public var description: String {
        switch self {
        case .badEndpoint:
            "the endpoint of S3 is not an address such as http://127.0.0.1:9000, without user, password and query"
        case .incompleteCredentials(let missing): "credentials have two parts, but \(missing) is not set"
        }
    }
}
