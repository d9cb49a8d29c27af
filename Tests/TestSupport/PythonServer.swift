public import Foundation

/// A server in Python on a free port of 127.0.0.1, up from `init` to `deinit`.
///
/// It ends at the end of its standard input, so that it goes even where the process of the tests dies.
public final class PythonServer: Sendable {
    /// Why a server did not come up.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// The port it listens on.
    public let port: Int
    /// `http://127.0.0.1:PORT`
    public var address: String { "http://127.0.0.1:\(port)" }

    private let process: Process
    private let input = Pipe()

    /// Runs `script`, which defines `start(port)`: it makes a server on that port and answers with the port it got and the
    /// function that serves.
    public init(_ script: String, arguments: [String] = []) throws {
        let whole = """
            import os, sys, threading
            \(script)
            port, serve = start(0)
            threading.Thread(target=serve, daemon=True).start()
            print(port, flush=True)
            sys.stdin.read()
            os._exit(0)
            """
        process = Process()
        process.executableURL = Oracle.python
        process.arguments = ["-c", whole] + arguments
        process.standardInput = input
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data("\n".utf8) {
            line += byte
        }
        guard let port = Int(String(decoding: line, as: UTF8.self)) else {
            throw Failure(description: "the server did not come up")
        }
        self.port = port
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

extension PythonServer {
    /// The access key that `moto` lets in.
    public static let accessKey = "AKIDTEST"
    /// The secret of `accessKey`.
    public static let secretKey = "wJalr/secret+of+tests"
    /// The variables that AWS SDKs find the server `self` by.
    public var s3Environment: [String: String] {
        [
            "AWS_ENDPOINT_URL_S3": address, "AWS_ACCESS_KEY_ID": Self.accessKey,
            "AWS_SECRET_ACCESS_KEY": Self.secretKey, "AWS_REGION": "us-east-1",
        ]
    }

    /// moto's S3. Every signature is checked by botocore, and so is every body's hash; what is not signed is refused,
    /// unless its path begins with `/public-`.
    public static func moto() throws -> PythonServer {
        try PythonServer(motoScript, arguments: [accessKey, secretKey])
    }

    /// How many answers of each kind, such as `GET 200`, moto gave.
    public func counts() throws -> [String: Int] { try JSONDecoder().decode([String: Int].self, from: get("/counts")) }

    /// Takes all buckets and counts away from moto.
    public func reset() throws { _ = try get("/reset") }

    /// The body at `path`.
    public func get(_ path: String) throws -> Data {
        guard let url = URL(string: address + path) else { throw Failure(description: "\(path) is no path") }
        return try Data(contentsOf: url)
    }

    private static let motoScript = """
        import hashlib, io, json, re
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
        from moto.moto_api._internal import moto_api_backend
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server, WSGIRequestHandler

        access, secret = sys.argv[1], sys.argv[2]
        inner = DomainDispatcherApplication(create_backend_app)
        counts = {}

        def fault(environ):
            raw = environ["RAW_URI"]
            authorization = environ.get("HTTP_AUTHORIZATION", "")
            if not authorization: return None if raw.startswith("/public-") else "AccessDenied"
            found = re.fullmatch(r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request, ?"
                                 r"SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})", authorization)
            if not found: return "AuthorizationHeaderMalformed"
            key, day, region, names, signature = found.groups()
            if key != access: return "InvalidAccessKeyId"
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
            request = AWSRequest(method=environ["REQUEST_METHOD"], url="http://" + environ["HTTP_HOST"] + raw)
            for name in names.split(";"):
                variable = name.upper().replace("-", "_")
                request.headers[name] = environ.get("HTTP_" + variable, environ.get(variable, ""))
            signer = S3SigV4Auth(Credentials(key, secret), "s3", region)
            request.context["timestamp"] = environ["HTTP_X_AMZ_DATE"]
            text = signer.string_to_sign(request, signer.canonical_request(request))
            if signer.signature(text, request) != signature: return "SignatureDoesNotMatch"
            stated = environ["HTTP_X_AMZ_CONTENT_SHA256"]
            if not stated.startswith(("UNSIGNED", "STREAMING")) and hashlib.sha256(body).hexdigest() != stated:
                return "XAmzContentSHA256Mismatch"

        def app(environ, respond):
            method = environ["REQUEST_METHOD"]
            if environ["RAW_URI"] == "/counts":
                respond("200 OK", [("Content-Type", "application/json")])
                return [json.dumps(counts).encode()]
            if environ["RAW_URI"] == "/reset":
                moto_api_backend.reset()
                counts.clear()
                respond("200 OK", [])
                return [b""]
            found = fault(environ)
            if found:
                respond("403 Forbidden", [("Content-Type", "application/xml")])
                body = f"<?xml version='1.0'?><Error><Code>{found}</Code><Message>no</Message></Error>"
                return [b"" if method == "HEAD" else body.encode()]
            def counted(status, headers, *rest):
                counts[method + " " + status[:3]] = counts.get(method + " " + status[:3], 0) + 1
                return respond(status, headers, *rest)
            return inner(environ, counted)

        class Handler(WSGIRequestHandler):
            protocol_version = "HTTP/1.1"
            def log(self, *rest): pass

        def start(port):
            server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Handler)
            return server.server_port, server.serve_forever
        """
}
