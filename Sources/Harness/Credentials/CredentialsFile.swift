public import Foundation
public import Moderation

/// Credentials files: who may use a server.
public enum CredentialsFile {
    /// What a credentials file may contain.
    public static let shape = Shape.mapping([
        .init("accounts", .list(account), required: true, "who may use the server")
    ])

    private static let account = Shape.mapping([
        .init("id", .text, required: true, "the account's number: 12 digits, in quotes"),
        .init("name", .text, default: "none", "what people call it"),
        .init("keys", .list(accessKey), required: true, "what its clients sign requests with"),
        .init(
            "buckets", .list(.text), default: "none",
            "the buckets it may use on an S3 endpoint; local buckets are its own in any case"),
        .init(
            "requests_per_second", .number(NumberRange(from: 0, to: 1_000_000, includesLower: false)),
            default: "no limit", "how many requests it may make in a second, on average"),
    ])

    private static let accessKey = Shape.mapping([
        .init("id", .text, required: true, "the access key id: 3 to 128 letters, digits, `_` and `-`"),
        .init(
            "secret", .text, required: true,
            "the secret access key: 16 to 128 letters, digits and signs of ASCII, without spaces"),
    ])

    /// The accounts in `file`.
    ///
    /// - Throws: `Findings`, every one of them, each with its place; none shows what stands under `keys`.
    public static func read(_ file: URL) throws(Findings) -> Credentials {
        let document = try Document(try TextFile.read(file), file: TextFile.name(of: file))
        var reader = CredentialsReader(root: document.root)
        let credentials = reader.read()
        guard reader.findings.isEmpty else { throw Findings(reader.findings) }
        return credentials
    }

    /// A warning where others than the owner of `file` may read it.
    public static func warning(about file: URL) -> Finding? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path)
        guard attributes?[.type] as? FileAttributeType != .typeDirectory,
            let permissions = (attributes?[.posixPermissions] as? NSNumber)?.intValue, permissions & 0o044 != 0
        else { return nil }
        let name = TextFile.name(of: file)
        return Finding(
            "others on this machine can read the secrets in this file", at: Place(file: name, line: 0),
            hint: "`chmod 600 \(name)`", severity: .warning)
    }
}
