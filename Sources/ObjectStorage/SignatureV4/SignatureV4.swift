internal import Crypto
public import Foundation

/// AWS Signature Version 4, as a client makes it and as a service checks it.
///
/// Source: "Signature Version 4 signing process" of the AWS IAM user guide. The steps are values: a `CanonicalRequest`,
/// its `text(toSignAt:in:)`, the `SigningKey` of a secret and a `Scope`, and the signature that key makes of that text.
public enum SignatureV4 {
    /// What a string to sign and an `Authorization` header begin with.
    public static let algorithm = "AWS4-HMAC-SHA256"

    /// The SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
    public static func hash(of bytes: some DataProtocol) -> String { hexadecimal(SHA256.hash(data: bytes)) }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
