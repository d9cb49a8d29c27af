internal import Foundation
internal import FoundationNetworking

/// One request to an endpoint: a method on a bucket or on an object, path style.
struct S3Request {
    var method: String
    var location: ObjectLocation
    var query: [(name: String, value: String)] = []
    /// Headers that are sent besides those that every request has.
    var headers: [(name: String, value: String)] = []
    var body: Data?

    /// The request on its way to `settings.endpoint`, signed at `date` where there are credentials.
    func urlRequest(_ settings: S3Settings, at date: Date) throws(ObjectStorageError) -> URLRequest {
        let path = Self.path(of: location, below: settings.endpoint)
        let query = query.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
        let host = Self.host(of: settings.endpoint)
        let address = "\(settings.endpoint.scheme ?? "http")://\(host)\(path)" + (query.isEmpty ? "" : "?\(query)")
        guard let url = URL(string: address) else {
            throw .badName(name: "\(location)", reason: "it cannot be written as an address")
        }
        var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalAndRemoteCacheData)
        request.httpMethod = method
        request.httpBody = body
        if body != nil { request.setValue("application/octet-stream", forHTTPHeaderField: "Content-Type") }
        let headers = headers + signedHeaders(settings, host: host, path: path, query: query, at: date)
        for header in headers { request.setValue(header.value, forHTTPHeaderField: header.name) }
        return request
    }

    private func signedHeaders(
        _ settings: S3Settings, host: String, path: String, query: String, at date: Date
    ) -> [(name: String, value: String)] {
        guard let credentials = settings.credentials else { return [] }
        let time = SignatureV4.Timestamp(date)
        let payloadHash = SignatureV4.hash(of: body ?? Data())
        var headers = [(name: "x-amz-content-sha256", value: payloadHash), (name: "x-amz-date", value: "\(time)")]
        if let token = credentials.sessionToken { headers.append((name: "x-amz-security-token", value: token)) }
        let canonical = SignatureV4.CanonicalRequest(
            method: method, path: path, query: query, headers: headers + [(name: "host", value: host)],
            payloadHash: payloadHash, pathRule: .asSent)
        let scope = SignatureV4.Scope(day: time.day, region: settings.region, service: "s3")
        let authorization = SignatureV4.Authorization(
            accessKey: credentials.accessKey, scope: scope, signedHeaders: canonical.signedHeaders,
            signature: SignatureV4.signature(of: canonical, at: time, scope: scope, secret: credentials.secretKey))
        return headers + [(name: "Authorization", value: "\(authorization)")]
    }

    private static func path(of location: ObjectLocation, below endpoint: URL) -> String {
        var base = endpoint.path(percentEncoded: true)
        while base.hasSuffix("/") { base.removeLast() }
        let key = location.key.isEmpty ? "" : "/\(PercentEncoding.encode(path: location.key))"
        return "\(base)/\(location.bucket)\(key)"
    }

    /// The host as the header `Host` says it: with the port where that is not the scheme's own.
    private static func host(of endpoint: URL) -> String {
        let host = endpoint.host(percentEncoded: true) ?? ""
        let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        guard let port = endpoint.port, port != (endpoint.scheme == "https" ? 443 : 80) else { return name }
        return "\(name):\(port)"
    }
}
