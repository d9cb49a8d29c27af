extension SignatureV4 {
    /// The `Authorization` header of a signed request.
    public struct Authorization: Sendable, Equatable, CustomStringConvertible {
        /// The access key id of who signed; no secret.
        public let accessKey: String
        /// The scope of the signature.
        public let scope: Scope
        /// The names of the signed headers: lower case, sorted, joined by `;`.
        public let signedHeaders: String
        /// The signature: 64 lower-case hexadecimal digits.
        public let signature: String

        public init(accessKey: String, scope: Scope, signedHeaders: String, signature: String) {
            self.accessKey = accessKey
            self.scope = scope
            self.signedHeaders = signedHeaders
            self.signature = signature
        }

        /// Reads the header `text`; `nil` where it has another algorithm, or a field is missing, twice or malformed.
        public init?(_ text: String) {
            guard text.hasPrefix("\(SignatureV4.algorithm) ") else { return nil }
            var fields: [String: String] = [:]
            for field in text.dropFirst(SignatureV4.algorithm.count + 1).split(separator: ",") {
                let parts = field.drop { $0 == " " }.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, fields.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
                    return nil
                }
            }
            guard let credential = fields["Credential"], let signed = fields["SignedHeaders"],
                let signature = fields["Signature"], fields.count == 3, !signed.isEmpty, !signature.isEmpty
            else { return nil }
            // An access key id of other makers may have slashes; a scope has none.
            let parts = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard parts.count >= 5, parts[parts.count - 1] == Scope.ending, parts[parts.count - 4].count == 8 else {
                return nil
            }
            accessKey = parts.dropLast(4).joined(separator: "/")
            scope = Scope(
                day: parts[parts.count - 4], region: parts[parts.count - 3], service: parts[parts.count - 2])
            signedHeaders = signed
            self.signature = signature
        }

        /// The header's value.
        public var description: String {
            "\(SignatureV4.algorithm) Credential=\(accessKey)/\(scope), SignedHeaders=\(signedHeaders), "
                + "Signature=\(signature)"
        }
    }
}
