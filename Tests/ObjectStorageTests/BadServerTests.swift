import Foundation
import ObjectStorage
import Synchronization
import TestSupport
import Testing

/// The endpoint against a server that misbehaves in the way that the first part of the key says.
@Suite("A bad endpoint", .serialized)
struct BadServerTests {
    private let server: PythonServer
    private let buckets: Buckets

    /// Waits are short, but the shape is the real one: 4 attempts, then it ends.
    init() throws {
        server = try PythonServer(Self.script)
        var patience = S3Settings.Patience()
        patience.idleSeconds = 1
        patience.totalSeconds = 6
        patience.firstWaitSeconds = 0.02
        buckets = .endpoint(S3Endpoint(try S3Settings(endpoint: server.address, patience: patience)))
    }

    @Test(
        "What passes is tried again",
        arguments: [
            "503-twice", "500-twice", "429-twice", "slowdown-twice", "reset-twice", "short-twice", "silent-once",
        ])
    func passing(_ kind: String) throws {
        #expect(try read(kind) == Data("hello".utf8))
        #expect(try requests(kind) == (kind.hasSuffix("once") ? 2 : 3))
    }

    @Test("What does not pass is given up after 4 attempts", arguments: ["503", "reset", "short"])
    func lasting(_ kind: String) throws {
        let error = try #require(throws: ObjectStorageError.self) { try read(kind) }
        guard case .failed(_, let reason) = error else { throw error }
        #expect(reason.contains("4 attempts"), "\(reason)")
        #expect(try requests(kind) == 4)
    }

    @Test(
        "A refusal is not tried again",
        arguments: [
            ("403", "denied"), ("404", "noSuchObject"), ("400", "failed"), ("501", "failed"), ("412", "failed"),
        ])
    func refusal(_ kind: String, _ expected: String) throws {
        let error = try #require(throws: ObjectStorageError.self) { try read(kind) }
        #expect(Mirror(reflecting: error).children.first?.label == expected)
        #expect(try requests(kind) == 1)
    }

    @Test(
        "A body without end, or of more bytes than wanted, is not read to its end", arguments: ["endless", "announced"])
    func tooLarge(_ kind: String) throws {
        let error = try #require(throws: ObjectStorageError.self) { try read(kind) }
        guard case .tooLarge(_, let bytes, 1000) = error else { throw error }
        #expect(bytes > 1000)
        #expect(try requests(kind) == 1)
    }

    @Test("An error's body without end is not read to its end")
    func endlessError() throws {
        let error = try #require(throws: ObjectStorageError.self) { try read("endless-403") }
        guard case .denied = error else { throw error }
    }

    /// 6 seconds in all; CI may be 3 times slower.
    @Test(
        "A body that drips, and a server that says nothing, end with the time that is allowed",
        arguments: ["drip", "silent"])
    func slow(_ kind: String) throws {
        let begin = ContinuousClock.now
        #expect(throws: ObjectStorageError.self) { try read(kind) }
        #expect(ContinuousClock.now - begin < .seconds(18))
    }

    @Test("A redirect is not followed", arguments: ["redirect-301", "redirect-307"])
    func redirect(_ kind: String) throws {
        let signed = Buckets.endpoint(
            S3Endpoint(
                try S3Settings(
                    endpoint: server.address, credentials: S3Credentials(accessKey: "key", secretKey: "open-sesame"))))
        let error = try #require(throws: ObjectStorageError.self) {
            try signed.read(ObjectLocation(bucket: "bad", key: kind), limit: 1000)
        }
        #expect("\(error)".contains("redirects to"), "\(error)")
        #expect(try requests("target") == 0)
    }

    @Test(
        "A list that is none, or goes in a circle, is said",
        arguments: ["list-garbage", "list-circle", "list-bomb", "list-cut"])
    func lists(_ bucket: String) throws {
        let error = try #require(throws: ObjectStorageError.self) {
            try buckets.keys(in: bucket, prefix: "", limit: 1_000_000)
        }
        guard case .failed = error else { throw error }
    }

    @Test("Nobody listens")
    func nobody() throws {
        var patience = S3Settings.Patience()
        patience.firstWaitSeconds = 0.01
        let nobody = Buckets.endpoint(
            S3Endpoint(try S3Settings(endpoint: "http://127.0.0.1:1", patience: patience)))
        #expect {
            try nobody.check(bucket: "photos")
        } throws: { "\($0)".contains("no connection (4 attempts at 127.0.0.1)") }
    }

    @Test("A certificate that nobody vouches for is refused")
    func certificate() throws {
        let server = try PythonServer(Self.secureScript)
        let endpoint = server.address.replacing("http://", with: "https://")
        let error = try #require(throws: ObjectStorageError.self) {
            try Buckets.endpoint(S3Endpoint(try S3Settings(endpoint: endpoint))).check(bucket: "photos")
        }
        guard case .failed(_, let reason) = error else { throw error }
        #expect(reason.contains("certificate"), "\(reason)")
    }

    private func read(_ kind: String) throws -> Data {
        try buckets.read(ObjectLocation(bucket: "bad", key: kind), limit: 1000)
    }

    /// How often the key `kind` was asked for.
    private func requests(_ kind: String) throws -> Int {
        try #require(Int(String(decoding: server.get("/requests/\(kind)"), as: UTF8.self)))
    }

    private static let script = """
        import http.server, socket, struct, time

        seen = {}
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *rest): pass
            def say(self, status, body=b"", headers=(), length=None):
                self.send_response(status)
                for name, value in headers: self.send_header(name, value)
                self.send_header("Content-Length", str(len(body) if length is None else length))
                self.end_headers()
                try: self.wfile.write(body)
                except OSError: pass
            def error(self, status, code):
                self.say(status, f"<Error><Code>{code}</Code><Message>so it is</Message></Error>".encode())
            def reset(self):
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                self.close_connection = True
            def pour(self, pause, size):
                try:
                    for _ in range(100000):
                        self.wfile.write(b"x" * size); self.wfile.flush(); time.sleep(pause)
                except OSError: pass
                self.close_connection = True
            def open_end(self, status):
                self.send_response(status); self.send_header("Connection", "close"); self.end_headers()
            def do_GET(self):
                path = self.path.split("?")[0]
                if path.startswith("/requests/"): return self.say(200, str(seen.get("/bad/" + path[10:], 0)).encode())
                seen[path] = number = seen.get(path, 0) + 1
                kind = path.split("/")[2] if path.count("/") > 1 else path[1:]
                base, _, times = kind.rpartition("-")
                if times in ("once", "twice"):
                    if number > (1 if times == "once" else 2): return self.say(200, b"hello")
                    kind = base
                if kind == "slowdown": return self.error(400, "SlowDown")
                if kind == "reset": return self.reset()
                if kind == "short": self.say(200, b"hel", length=5); self.close_connection = True; return
                if kind == "garbage": self.wfile.write(b"no http at all\\r\\n\\r\\n"); self.close_connection = True; return
                if kind == "silent": time.sleep(3); self.close_connection = True; return
                if kind == "drip":
                    self.send_response(200); self.send_header("Content-Length", "900"); self.end_headers()
                    return self.pour(0.3, 1)
                if kind == "endless": self.open_end(200); return self.pour(0, 100)
                if kind == "endless-403": self.open_end(403); return self.pour(0, 10000)
                if kind == "announced":
                    self.send_response(200); self.send_header("Content-Length", "5000000000"); self.end_headers()
                    return self.pour(0.01, 10)
                if kind.startswith("redirect"):
                    return self.say(int(kind[-3:]), headers=[("Location", f"http://127.0.0.1:{self.server.server_port}/bad/target")])
                if kind == "list-garbage": return self.say(200, b"{}")
                if kind == "list-cut":
                    return self.say(200, b"<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>")
                if kind == "list-circle":
                    return self.say(200, b"<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>a</Key></Contents>"
                                         b"<NextContinuationToken>same</NextContinuationToken></ListBucketResult>")
                if kind == "list-bomb":
                    entities = "".join(f"<!ENTITY e{i} '{('&e' + str(i - 1) + ';') * 10 if i else 'lol'}'>" for i in range(12))
                    return self.say(200, f"<!DOCTYPE x [{entities}]><ListBucketResult><Contents><Key>&e11;</Key></Contents></ListBucketResult>".encode())
                self.error(int(kind), {"404": "NoSuchKey", "403": "AccessDenied"}.get(kind, "Other"))

        def start(port):
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
            return server.server_port, server.serve_forever
        """

    private static let secureScript = """
        import datetime, http.server, ssl, tempfile
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.datetime.now(datetime.timezone.utc)
        certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                       .serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
                       .sign(key, hashes.SHA256()))
        file = tempfile.NamedTemporaryFile(suffix=".pem")
        file.write(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                     serialization.NoEncryption()) + certificate.public_bytes(serialization.Encoding.PEM))
        file.flush()

        def start(port):
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), http.server.BaseHTTPRequestHandler)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(file.name)
            # Servers of tests end in the middle of things, and leave what they have open.
            file.close()
            server.socket = context.wrap_socket(server.socket, server_side=True)
            return server.server_port, server.serve_forever
        """
}
