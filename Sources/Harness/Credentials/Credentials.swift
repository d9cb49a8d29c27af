/// Who may use a server: accounts, and the access keys of each.
public struct Credentials: Sendable {
    /// The accounts, at least one, in the order of the file.
    public let accounts: [Account]

    /// An account whose projects, adapters and jobs no other account sees.
    public struct Account: Sendable {
        /// Twelve digits.
        public let id: String
        /// What people call it.
        public let name: String?
        /// Its access keys, at least one.
        public let keys: [AccessKey]
        /// The buckets that it may use on an S3 endpoint.
        public let buckets: [String]
        /// How many requests it may make in a second, on average; `nil` for as many as it likes.
        public let requestsPerSecond: Double?
    }
}
