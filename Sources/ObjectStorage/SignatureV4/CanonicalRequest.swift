internal import Foundation

extension SignatureV4 {
    /// A request written in the one way that both sides write it before they sign.
    public struct CanonicalRequest: Sendable, Equatable {
        /// How a service wants the path written.
        public enum PathRule: Sendable {
            /// As it was sent: S3, whose keys may hold `//` and `..`.
            case asSent
            /// Without empty parts, `.` and `..`, and percent-encoded once more than it was sent: all other services.
            case normalizedAndEncodedAgain
        }

        /// The names that are signed: lower case, sorted, joined by `;`.
        public let signedHeaders: String
        /// The canonical request: method, path, query, headers, signed headers and payload hash, joined by line feeds.
        public let text: String

        /// - Parameters:
        ///   - method: such as `GET`.
        ///   - path: the percent-encoded path as it was sent, `/` where there is none.
        ///   - query: what follows the `?` as it was sent, empty where there is none.
        ///   - headers: exactly those that are signed. One name may occur again: the values are joined in this order.
        ///   - payloadHash: what `hash(of:)` answers for the body, or the header `X-Amz-Content-SHA256` where there is one.
        public init(
            method: String, path: String, query: String, headers: [(name: String, value: String)], payloadHash: String,
            pathRule: PathRule
        ) {
            var values: [String: [String]] = [:]
            for header in headers { values[header.name.lowercased(), default: []].append(Self.trimmed(header.value)) }
            let names = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            signedHeaders = names.joined(separator: ";")
            let lines = names.map { "\($0):\(values[$0, default: []].joined(separator: ","))\n" }.joined()
            text = [
                method.uppercased(), Self.canonical(path: path, pathRule), Self.canonical(query: query), lines,
                signedHeaders, payloadHash,
            ].joined(separator: "\n")
        }

        /// The text that is signed: algorithm, time, scope and the hash of this request.
        public func text(toSignAt time: Timestamp, in scope: Scope) -> String {
            [algorithm, "\(time)", "\(scope)", SignatureV4.hash(of: Data(text.utf8))].joined(separator: "\n")
        }
    }
}

extension SignatureV4.CanonicalRequest {
    /// Without white space at both ends, and one space for every run of it inside.
    private static func trimmed(_ value: String) -> String {
        value.unicodeScalars.split { $0.properties.isWhitespace }.map { String($0) }.joined(separator: " ")
    }

    private static func canonical(path: String, _ rule: PathRule) -> String {
        switch rule {
        case .asSent: path.isEmpty ? "/" : path
        case .normalizedAndEncodedAgain: PercentEncoding.encode(path: normalized(path))
        }
    }

    /// RFC 3986, 5.2.4, and consecutive slashes as one.
    private static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        let ending = path.hasSuffix("/") && !parts.isEmpty ? "/" : ""
        return "/" + parts.joined(separator: "/") + ending
    }

    /// The parameters, encoded in the one way, by name and then by value.
    private static func canonical(query: String) -> String {
        let pairs = query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                name: PercentEncoding.again(parts[0]), value: parts.count == 2 ? PercentEncoding.again(parts[1]) : ""
            )
        }
        return pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }
}
