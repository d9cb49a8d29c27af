internal import Crypto
internal import Foundation

extension SignatureV4 {
    /// The key that signs within one scope; it is derived from a secret access key and does not give it away.
    public struct SigningKey: Sendable {
        private let key: SymmetricKey

        /// Derives the key of `scope` from the secret access key `secret`.
        public init(secret: String, scope: Scope) {
            key = [scope.day, scope.region, scope.service, Scope.ending].reduce(
                SymmetricKey(data: Data("AWS4\(secret)".utf8))
            ) { key, part in
                SymmetricKey(data: HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: key))
            }
        }

        /// The signature of `text`, which `CanonicalRequest.text(toSignAt:in:)` wrote: 64 lower-case hexadecimal digits.
        public func signature(of text: String) -> String {
            hexadecimal(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
        }

        /// Whether `signature` is that of `text`, found out in a time that does not depend on where they differ.
        public func isSignature(_ signature: String, of text: String) -> Bool {
            let right = Array(self.signature(of: text).utf8)
            let given = Array(signature.utf8)
            guard given.count == right.count else { return false }
            return zip(given, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
        }
    }
}

extension SignatureV4.SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "SigningKey(…)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SignatureV4 {
    /// The signature of `request` at `time`, made with `secret`: all steps at once.
    public static func signature(
        of request: CanonicalRequest, at time: Timestamp, scope: Scope, secret: String
    ) -> String {
        SigningKey(secret: secret, scope: scope).signature(of: request.text(toSignAt: time, in: scope))
    }
}
