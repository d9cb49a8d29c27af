internal import Foundation
internal import HTTPTypes
internal import ObjectStorage

/// The head of a request that says, in the form that Signature Version 4 asks for, who signed what and when; whether that
/// is so, `SignatureCheck` finds out.
///
/// It is never logged: the `Authorization` header in it could be sent again.
struct SignedRequest: Sendable {
    let authorization: SignatureV4.Authorization
    let time: SignatureV4.Timestamp
    let method: String
    let path: String
    let query: String
    /// All headers, in the order they were sent; names in lower case.
    let headers: [(name: String, value: String)]

    init(_ head: HTTPRequest) throws(ServiceError) {
        method = head.method.rawValue
        let target = (head.path ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = String(target[0])
        query = target.count == 2 ? String(target[1]) : ""
        headers =
            [(name: "host", value: head.authority ?? "")]
            + head.headerFields.map { (name: $0.name.canonicalName, value: $0.value) }
        try Self.refusePresigned(query)
        authorization = try Self.authorization(headers)
        time = try Self.time(headers)
        try checkScope()
        try checkSignedHeaders()
    }

    /// The values of the header `name`, which is in lower case.
    func values(_ name: String) -> [String] { Self.values(name, headers) }

    /// The names of the signed headers.
    var signedNames: [Substring] { authorization.signedHeaders.split(separator: ";", omittingEmptySubsequences: false) }

    private static func values(_ name: String, _ headers: [(name: String, value: String)]) -> [String] {
        headers.filter { $0.name == name }.map(\.value)
    }

    /// An address that is signed works for whoever finds it.
    private static func refusePresigned(_ query: String) throws(ServiceError) {
        let names = query.split(separator: "&").map { parameter in
            let name = String(parameter.prefix { $0 != "=" })
            return (name.removingPercentEncoding ?? name).lowercased()
        }
        guard names.contains(where: { $0.hasPrefix("x-amz-") }) else { return }
        throw ServiceError(
            .invalidSignature, "presigned requests are not accepted: the signature stands in the header Authorization")
    }

    private static func authorization(
        _ headers: [(name: String, value: String)]
    ) throws(ServiceError) -> SignatureV4.Authorization {
        let values = values("authorization", headers)
        guard !values.isEmpty else {
            throw ServiceError(.missingAuthenticationToken, "Request is missing Authentication Token")
        }
        guard Self.values("x-amz-security-token", headers).isEmpty else {
            throw ServiceError(
                .unrecognizedClient,
                "this server issues no session tokens: sign with an access key of its credentials file alone")
        }
        guard values.count == 1, let authorization = SignatureV4.Authorization(values[0]),
            isDay(authorization.scope.day), isSignature(authorization.signature)
        else {
            throw incomplete(
                """
                the header Authorization is \(SignatureV4.algorithm) Credential=KEY/YYYYMMDD/REGION/rekognition/aws4_request, \
                SignedHeaders=NAME;NAME…, Signature=64 lower-case hexadecimal digits
                """)
        }
        return authorization
    }

    private static func isDay(_ text: String) -> Bool { text.utf8.count == 8 && text.utf8.allSatisfy { 48...57 ~= $0 } }

    private static func isSignature(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { 48...57 ~= $0 || 97...102 ~= $0 }
    }

    /// - Throws: where there is no date or two, or one that is none.
    private static func time(_ headers: [(name: String, value: String)]) throws(ServiceError) -> SignatureV4.Timestamp {
        let own = values("x-amz-date", headers)
        let dates = own.isEmpty ? values("date", headers) : own
        guard dates.count == 1,
            let time = SignatureV4.Timestamp(dates[0]) ?? (own.isEmpty ? HTTPDate.read(dates[0]) : nil)
        else {
            throw incomplete("a signed request has one header X-Amz-Date, written 20130524T000000Z, or one header Date")
        }
        return time
    }

    private func checkScope() throws(ServiceError) {
        let scope = authorization.scope
        guard scope.service == Self.service else {
            throw ServiceError(.invalidSignature, "Credential should be scoped to correct service: '\(Self.service)'.")
        }
        guard !scope.region.isEmpty else { throw Self.incomplete("the scope of Credential names no region") }
        guard scope.day == time.day else {
            throw ServiceError(
                .invalidSignature, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date.")
        }
    }

    /// Everything that says what is asked must be signed: else somebody on the way could change it.
    private func checkSignedHeaders() throws(ServiceError) {
        let names = signedNames.map(String.init)
        guard names == Set(names).sorted(), names.allSatisfy({ !$0.isEmpty && $0 == $0.lowercased() }) else {
            throw Self.incomplete("SignedHeaders are names in lower case, sorted, each once, with ';' between them")
        }
        let date = values("x-amz-date").isEmpty ? "date" : "x-amz-date"
        let sent = headers.map(\.name).filter { $0.hasPrefix("x-amz-") || $0 == "content-type" }
        for name in Set(["host", date, "x-amz-target"] + sent).sorted() where !names.contains(name) {
            throw ServiceError(.invalidSignature, "'\(name.prefix(60))' must be a signed header in the request.")
        }
        for name in names where values(name).isEmpty {
            throw ServiceError(.invalidSignature, "SignedHeaders names a header that was not sent")
        }
    }

    private static let service = "rekognition"

    private static func incomplete(_ message: String) -> ServiceError { ServiceError(.incompleteSignature, message) }
}

extension SignedRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { "SignedRequest(…)" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
