/// An answer of an endpoint that is not what was asked for: its status, and the code and message of its XML body.
struct S3Refusal: CustomStringConvertible {
    private let status: Int
    private let code: String?
    private let message: String?
    private let target: String?

    init(_ answer: HTTPExchange.Answer) {
        let body = XMLElement.root(of: answer.body)
        status = answer.status
        code = body?.first("Code")?.text
        message = body?.first("Message")?.text
        target = answer.header("Location")
    }

    /// Whether it may be otherwise in a moment.
    var isPassing: Bool {
        status >= 500 && status != 501 || status == 429
            || ["SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable"].contains(code ?? "")
    }

    var description: String {
        let words = [code, message].compactMap { $0 }.map(Self.shown).joined(separator: ": ")
        return words.isEmpty ? "HTTP status \(status)" : "\(words) (HTTP status \(status))"
    }

    /// What it means for `location`, whose key is empty where the bucket was asked for.
    func error(for location: ObjectLocation) -> ObjectStorageError {
        switch (status, code) {
        case (_, "NoSuchBucket"): .noSuchBucket(bucket: location.bucket)
        case (_, "NoSuchKey"): .noSuchObject(location)
        case (404, _): location.key.isEmpty ? .noSuchBucket(bucket: location.bucket) : .noSuchObject(location)
        case (401, _), (403, _), (_, "ExpiredToken"), (_, "InvalidToken"), (_, "AuthorizationHeaderMalformed"):
            .denied(location, reason: description)
        case (300..<400, _):
            .failed(location, reason: "the endpoint redirects to \(Self.host(of: target)), which is not followed")
        default: .failed(location, reason: description)
        }
    }

    private static func host(of target: String?) -> String {
        let host = target.flatMap { $0.firstMatch(of: /^https?:\/\/([^\/?#@]+)/)?.output.1 }
        return host.map { shown(String($0)) } ?? "another place"
    }

    /// What an endpoint says, as one short line.
    private static func shown(_ text: String) -> String {
        let line = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
        return line.count > 200 ? "\(line.prefix(200))…" : line
    }
}
