/// Where an object is: a bucket and a key, written `s3://bucket/key`.
public struct ObjectLocation: Sendable, Hashable, CustomStringConvertible {
    /// The bucket's name.
    public let bucket: String
    /// The key; empty only in errors about the bucket itself.
    public let key: String

    public init(bucket: String, key: String) {
        self.bucket = bucket
        self.key = key
    }

    /// The location written as `text`; `nil` where that is not `s3://BUCKET/KEY`.
    public init?(_ text: String) {
        guard text.hasPrefix(Self.scheme) else { return nil }
        let parts = text.unicodeScalars.dropFirst(Self.scheme.count).split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        self.init(bucket: String(parts[0]), key: String(parts[1]))
    }

    /// What a location begins with.
    public static let scheme = "s3://"

    public var description: String { "\(Self.scheme)\(bucket)/\(key)" }

    /// What stands between the slashes of the key.
    ///
    /// A slash and a combining accent are one `Character`, but to a file system, and to S3, a slash is a slash: so all
    /// looking at keys is by scalars or bytes.
    public var keyParts: [String] {
        key.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
    }

    /// Whether `left` comes before `right` in a listing: by the bytes of UTF-8.
    static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
