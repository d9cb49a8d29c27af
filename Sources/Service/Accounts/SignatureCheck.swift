internal import Foundation
internal import Harness
internal import ObjectStorage

/// Finds out whether a request was signed with one of the server's access keys, by AWS Signature Version 4.
///
/// A request may come again within five minutes of its time, as it may at AWS.
struct SignatureCheck: Sendable {
    private let secrets: [String: String]
    /// How far a client's clock may be off, either way.
    private static let skewSeconds = 300.0

    init(keys: [AccessKey]) {
        secrets = Dictionary(keys.map { ($0.id, $0.secret) }) { first, _ in first }
    }

    /// The id of the access key that signed `request`, whose body is `body`, at about `now`.
    func accessKey(of request: SignedRequest, body: Data, at now: Date) throws(ServiceError) -> String {
        let id = request.authorization.accessKey
        let secret = try secret(of: request)
        let payloadHash = SignatureV4.hash(of: body)
        let isSigned = isSigned(request, payloadHash: payloadHash, secret: secret)
        try Self.checkTime(request.time, now: now)
        guard isSigned, request.values("x-amz-content-sha256").allSatisfy({ $0 == payloadHash }) else {
            throw ServiceError(
                .invalidSignature,
                """
                The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
                Key and signing method. Consult the service documentation for details.
                """)
        }
        return id
    }

    /// - Throws: where nobody has the access key that `request` names.
    func checkKey(of request: SignedRequest) throws(ServiceError) { _ = try secret(of: request) }

    private func secret(of request: SignedRequest) throws(ServiceError) -> String {
        guard let secret = secrets[request.authorization.accessKey] else {
            throw ServiceError(.unrecognizedClient, "The security token included in the request is invalid.")
        }
        return secret
    }

    private func isSigned(_ request: SignedRequest, payloadHash: String, secret: String) -> Bool {
        let names = Set(request.signedNames.map(String.init))
        let canonical = SignatureV4.CanonicalRequest(
            method: request.method, path: request.path, query: request.query,
            headers: request.headers.filter { names.contains($0.name) }, payloadHash: payloadHash,
            pathRule: .normalizedAndEncodedAgain)
        let scope = request.authorization.scope
        return SignatureV4.SigningKey(secret: secret, scope: scope)
            .isSignature(request.authorization.signature, of: canonical.text(toSignAt: request.time, in: scope))
    }

    private static func checkTime(_ time: SignatureV4.Timestamp, now: Date) throws(ServiceError) {
        let (earliest, latest) = (now - skewSeconds, now + skewSeconds)
        let here = SignatureV4.Timestamp(now)
        if time.date < earliest {
            throw ServiceError(
                .invalidSignature,
                "Signature expired: \(time) is now earlier than \(SignatureV4.Timestamp(earliest)) (\(here) - 5 min.)")
        }
        if time.date > latest {
            throw ServiceError(
                .invalidSignature,
                "Signature not yet current: \(time) is still later than \(SignatureV4.Timestamp(latest)) (\(here) + 5 min.)"
            )
        }
    }
}

extension SignatureCheck: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "SignatureCheck(\(secrets.count) keys)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
