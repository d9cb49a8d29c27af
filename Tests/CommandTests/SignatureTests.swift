import Foundation
import TestSupport
import Testing

/// Signed requests as real clients make them, and every way of being wrong, which each have the code that AWS has.
@Suite struct SignatureTests {
    private struct Answer: Decodable {
        let status: Int
        let code: String
        let message: String
    }

    @Test func signaturesAreVerifiedAndNoSecretIsEverSaid() throws {
        let shared = try SharedServer(["--log-level", "trace"])
        let answers: [String: Answer] = try Oracle.run(
            Self.client + Self.cases, input: Input(shared, SharedServer.other))
        #expect(Set(answers.keys) == Set(Self.expected.keys))
        for (name, expected) in Self.expected {
            let answer = try #require(answers[name])
            #expect(answer.code == expected, "\(name): \(answer.status) \(answer.message)")
            #expect(expected == "" ? answer.status == 200 : [400, 403].contains(answer.status), "\(name)")
        }
        #expect(shared.server.stop() == 0)
        let said = shared.server.talk + answers.values.map { $0.message }.joined()
        #expect(said.contains("DescribeProjects"), "nothing was logged that could have shown a secret")
        for tenant in [SharedServer.owner, SharedServer.other, SharedServer.slow] {
            #expect(!said.contains(tenant.secretKey) && !said.contains(tenant.secretKey.prefix(12)))
        }
        // The answer to a malformed header says itself: `Signature=64 lower-case hexadecimal digits`.
        #expect(said.firstMatch(of: /Signature=[0-9a-f]{8}/) == nil)
        #expect(!said.contains("AWS4-HMAC-SHA256 Credential=AKIA"))
        #expect(said.firstMatch(of: /[0-9a-f]{64}/) == nil, "a signature or a hash was said")
    }

    /// What each case of `cases` is answered with.
    private static let expected = [
        "signed": "", "date header": "", "content hash": "", "any region": "", "four minutes ago": "",
        "in four minutes": "", "extra header": "", "extra spaces": "", "body with spaces": "", "query": "",
        "wrong secret": "InvalidSignatureException", "unknown key": "UnrecognizedClientException",
        "six minutes ago": "InvalidSignatureException", "in six minutes": "InvalidSignatureException",
        "yesterday's scope": "InvalidSignatureException", "tampered body": "InvalidSignatureException",
        "tampered target": "InvalidSignatureException", "tampered date": "InvalidSignatureException",
        "tampered host": "InvalidSignatureException", "tampered query": "InvalidSignatureException",
        "unsigned content type": "InvalidSignatureException", "unsigned target": "InvalidSignatureException",
        "unsigned extra header": "InvalidSignatureException", "dropped signed header": "InvalidSignatureException",
        "wrong content hash": "InvalidSignatureException", "unsigned payload": "InvalidSignatureException",
        "other service": "InvalidSignatureException", "no ending": "IncompleteSignatureException",
        "upper-case signature": "IncompleteSignatureException", "short signature": "IncompleteSignatureException",
        "other algorithm": "IncompleteSignatureException", "no signature": "IncompleteSignatureException",
        "names out of order": "IncompleteSignatureException", "names twice": "IncompleteSignatureException",
        "two authorizations": "IncompleteSignatureException", "no date": "IncompleteSignatureException",
        "no such date": "IncompleteSignatureException", "basic": "IncompleteSignatureException",
        "no authorization": "MissingAuthenticationTokenException", "session token": "UnrecognizedClientException",
        "presigned": "InvalidSignatureException",
    ]

    private struct Input: Encodable {
        let url: String
        let tenant: SharedServer.Tenant
        let programs: String

        init(_ shared: SharedServer, _ tenant: SharedServer.Tenant) {
            url = shared.server.url
            self.tenant = tenant
            programs = Oracle.python.deletingLastPathComponent().path
        }
    }

    /// botocore's own signer, and requests sent as bytes, so that anything can be wrong with them.
    private static let client = """
        import datetime, socket, urllib.parse
        import botocore.auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials
        key, secret = input["tenant"]["accessKey"], input["tenant"]["secretKey"]
        host = urllib.parse.urlsplit(input["url"]).netloc
        clock = botocore.auth.get_current_datetime

        def sign(*, key=key, secret=secret, token=None, service="rekognition", region="us-east-1", minutes=0, body=b"{}",
                 signer=botocore.auth.SigV4Auth, headers={}, without=(), path="/"):
            all = {"X-Amz-Target": "RekognitionService.DescribeProjects", "Content-Type": "application/x-amz-json-1.1", **headers}
            request = AWSRequest("POST", input["url"] + path, data=body,
                                 headers={name: value for name, value in all.items() if name not in without})
            botocore.auth.get_current_datetime = lambda: clock() + datetime.timedelta(minutes=minutes)
            try: signer(Credentials(key, secret, token), service, region).add_auth(request)
            finally: botocore.auth.get_current_datetime = clock
            return [["Host", host]] + [[name, value] for name, value in request.headers.items()], body, path

        def replaced(headers, name, value):
            return [[n, (value(v) if callable(value) else value) if n == name else v] for n, v in headers]

        def send(headers, body, path="/", connection=None):
            own = connection or socket.create_connection(host.split(":"), timeout=30)
            head = f"POST {path} HTTP/1.1\\r\\n" + "".join(f"{n}: {v}\\r\\n" for n, v in headers)
            own.sendall((head + f"Content-Length: {len(body)}\\r\\n\\r\\n").encode("latin-1") + body)
            received = b""
            def more():
                got = own.recv(65536)
                assert got, "the connection ended"
                return got
            while b"\\r\\n\\r\\n" not in received: received += more()
            head, _, rest = received.partition(b"\\r\\n\\r\\n")
            length = int([l for l in head.split(b"\\r\\n") if l.lower().startswith(b"content-length")][0].split(b":")[1])
            while len(rest) < length: rest += more()
            if not connection: own.close()
            status = int(head.split()[1])
            answer = json.loads(rest)
            return {"status": status, "code": answer.get("__type", ""), "message": answer.get("Message", "")}


        """

    private static let cases = """
        results = {}
        def case(name, signed, change=lambda headers: headers, body=None, path=None):
            headers, own, at = signed
            results[name] = send(change(list(headers)), own if body is None else body, path or at)
        def authorization(change): return lambda headers: replaced(headers, "Authorization", change)

        case("signed", sign())
        case("body with spaces", sign(body=b' {"MaxResults" :  3}\\n'))
        case("date header", sign(headers={"Date": "x"}))
        empty = __import__("hashlib").sha256(b"{}").hexdigest()
        case("content hash", sign(headers={"X-Amz-Content-SHA256": empty}))
        case("any region", sign(region="mars-north-9"))
        case("four minutes ago", sign(minutes=-4))
        case("in four minutes", sign(minutes=4))
        case("extra header", sign(headers={"X-Amz-Meta": "a   b"}))
        case("extra spaces", sign(), authorization(lambda v: v.replace(", ", ",   ")))
        case("query", sign(path="/?b=2&a=%20x&a="))

        case("wrong secret", sign(secret=secret[:-1] + "x"))
        case("unknown key", sign(key="AKIANOBODY"))
        case("six minutes ago", sign(minutes=-6))
        case("in six minutes", sign(minutes=6))
        yesterday = (clock() - datetime.timedelta(days=1)).strftime("/%Y%m%d/")
        today = clock().strftime("/%Y%m%d/")
        case("yesterday's scope", sign(), authorization(lambda v: v.replace(today, yesterday)))
        case("tampered body", sign(), body=b"[]")
        case("tampered target", sign(), lambda h: replaced(h, "X-Amz-Target", "RekognitionService.CreateProject"))
        case("tampered date", sign(), lambda h: replaced(h, "X-Amz-Date", clock().strftime("%Y%m%dT%H%M") + "00Z")
             if not dict(h)["X-Amz-Date"].endswith("00Z") else replaced(h, "X-Amz-Date", clock().strftime("%Y%m%dT%H%M") + "01Z"))
        case("tampered host", sign(), lambda h: replaced(h, "Host", "other.example"))
        case("tampered query", sign(path="/?a=1"), path="/?a=2")
        case("unsigned content type", sign(without=["Content-Type"]), lambda h: h + [["Content-Type", "application/x-amz-json-1.1"]])
        case("unsigned target", sign(without=["X-Amz-Target"]), lambda h: h + [["X-Amz-Target", "RekognitionService.DescribeProjects"]])
        case("unsigned extra header", sign(), lambda h: h + [["X-Amz-Meta", "1"]])
        case("dropped signed header", sign(headers={"X-Amz-Meta": "1"}), lambda h: [x for x in h if x[0] != "X-Amz-Meta"])
        case("wrong content hash", sign(headers={"X-Amz-Content-SHA256": "0" * 64}))
        class Unsigned(botocore.auth.SigV4Auth):
            def payload(self, request): return "UNSIGNED-PAYLOAD"
        case("unsigned payload", sign(signer=Unsigned, headers={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}))
        case("other service", sign(service="s3"))
        case("no ending", sign(), authorization(lambda v: v.replace("aws4_request", "aws5_request")))
        head = lambda v: v[:v.index("Signature=") + 10]
        case("upper-case signature", sign(), authorization(lambda v: head(v) + v[len(head(v)):].upper() + ("" if any(c in "abcdef" for c in v[len(head(v)):]) else "A")))
        case("short signature", sign(), authorization(lambda v: v[:-1]))
        case("other algorithm", sign(), authorization(lambda v: v.replace("SHA256", "SHA512")))
        case("no signature", sign(), authorization(lambda v: v[:v.index(", Signature=")]))
        case("names out of order", sign(), authorization(lambda v: v.replace("content-type;host", "host;content-type")))
        case("names twice", sign(), authorization(lambda v: v.replace("host;", "host;host;")))
        case("two authorizations", sign(), lambda h: h + [x for x in h if x[0] == "Authorization"])
        case("no date", sign(), lambda h: [x for x in h if x[0] != "X-Amz-Date"])
        case("no such date", sign(), lambda h: replaced(h, "X-Amz-Date", "20260230T000000Z"))
        case("basic", sign(), authorization("Basic " + secret))
        case("no authorization", sign(), lambda h: [x for x in h if x[0] != "Authorization"])
        case("session token", sign(token="session-" + secret))
        request = AWSRequest("POST", input["url"] + "/", data=b"{}", headers={"X-Amz-Target": "RekognitionService.DescribeProjects"})
        botocore.auth.SigV4QueryAuth(Credentials(key, secret), "rekognition", "us-east-1").add_auth(request)
        presigned = request.url[len(input["url"]):]
        results["presigned"] = send([["Host", host], ["Content-Type", "application/x-amz-json-1.1"],
                                     ["X-Amz-Target", "RekognitionService.DescribeProjects"]], b"{}", presigned)
        answer(results)
        """

    @Test func boto3AndTheCommandLineSignAsTheyAlwaysDo() throws {
        let shared = try SharedServer()
        let answers: [String: String] = try Oracle.run(
            """
            import boto3, os, subprocess
            from botocore import UNSIGNED
            from botocore.config import Config
            from botocore.exceptions import ClientError
            key, secret = input["tenant"]["accessKey"], input["tenant"]["secretKey"]
            results = {}
            def call(name, key, secret, token=None, **options):
                client = boto3.client("rekognition", endpoint_url=input["url"], region_name="eu-west-1", aws_access_key_id=key,
                                      aws_secret_access_key=secret, aws_session_token=token,
                                      config=Config(retries={"max_attempts": 0}, **options))
                try: results[name] = str(client.describe_projects()["ResponseMetadata"]["HTTPStatusCode"])
                except ClientError as error: results[name] = error.response["Error"]["Code"]
            call("right", key, secret)
            call("wrong secret", key, secret + "x")
            call("unknown key", "AKIAUNKNOWN", secret)
            call("session token", key, secret, token="t" * 50)
            call("unsigned", key, secret, signature_version=UNSIGNED)

            def run(name, *options, **variables):
                environment = {"PATH": os.environ["PATH"], "AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": secret,
                               "AWS_MAX_ATTEMPTS": "1", "AWS_EC2_METADATA_DISABLED": "true", "HOME": "/nonexistent", **variables}
                run = subprocess.run([input["programs"] + "/aws", "rekognition", "list-tags-for-resource", "--resource-arn",
                                      "arn:aws:rekognition:us-east-1:111122223333:project/p/1", "--endpoint-url", input["url"],
                                      "--region", "us-east-1", *options], env=environment, capture_output=True, text=True)
                results[name] = run.stderr.strip()
            run("cli")
            run("cli wrong", AWS_SECRET_ACCESS_KEY="x" * 40)
            run("cli unsigned", "--no-sign-request")
            answer(results)
            """, input: Input(shared, SharedServer.other))
        #expect(answers["right"] == "200")
        #expect(answers["wrong secret"] == "InvalidSignatureException")
        #expect(answers["unknown key"] == "UnrecognizedClientException")
        #expect(answers["session token"] == "UnrecognizedClientException")
        #expect(answers["unsigned"] == "MissingAuthenticationTokenException")
        // Signed well, it is either answered or told that there is no such project.
        #expect(answers["cli"] == "" || answers["cli"]?.contains("ResourceNotFoundException") == true)
        #expect(answers["cli wrong"]?.contains("InvalidSignatureException") == true)
        #expect(answers["cli unsigned"]?.contains("MissingAuthenticationTokenException") == true)
    }

    /// Whatever stands in the header: a modelled error, quickly, and the connection goes on.
    @Test func anyAuthorizationIsAnsweredWithAClearError() throws {
        let shared = try SharedServer()
        let codes: [String: Int] = try Oracle.run(
            Self.client + """
                import random
                random.seed(5)
                pieces = ["AWS4-HMAC-SHA256", "Credential=", "SignedHeaders=", "Signature=", ",", ";", "/", "=", " ", "\\t", "host",
                          "aws4_request", "rekognition", "20260101", "%2F", "\\xff", "\\u00e9", "a" * 2000, "=" * 50, ",,,", "''"]
                counts = {}
                connection = socket.create_connection(host.split(":"), timeout=30)
                for _ in range(1500):
                    headers, body, path = sign()
                    value = dict(headers)["Authorization"]
                    for _ in range(random.randint(1, 4)):
                        at = random.randrange(len(value) + 1)
                        value = value[:at] + random.choice(pieces) + value[at + random.choice([0, 0, 1, 5, 100]):]
                    result = send(replaced(headers, "Authorization", value.strip()), body, path, connection)
                    counts[result["code"]] = counts.get(result["code"], 0) + 1
                    assert not any(part in result["message"] for part in [secret, value[-20:]]), result
                final = send(*sign(), connection)
                assert final["status"] == 200, final
                answer(counts)
                """, input: Input(shared, SharedServer.other))
        let allowed: Set = [
            "IncompleteSignatureException", "InvalidSignatureException", "UnrecognizedClientException",
            "MissingAuthenticationTokenException", "",
        ]
        #expect(Set(codes.keys).isSubset(of: allowed), "\(codes)")
        #expect((codes["IncompleteSignatureException"] ?? 0) > 500)
        // A change of white space alone is none.
        #expect((codes[""] ?? 0) < 50)
    }

    /// The largest bodies, of requests that nobody signed or with a key that nobody has: each is read to its end, so that its
    /// client gets the answer, and the connection goes on.
    @Test func whatNobodySignedIsReadAndAnswered() throws {
        let shared = try SharedServer()
        let codes: [String] = try Oracle.run(
            Self.client + """
                connection = socket.create_connection(host.split(":"), timeout=30)
                body = b"{" + b" " * 7_000_000 + b"}"
                unsigned = [[n, v] for n, v in sign(body=body)[0] if n != "Authorization"]
                unknown = sign(key="AKIANOBODY", body=body)[0]
                answer([send(headers, body, "/", connection)["code"] for headers in [unsigned, unknown] * 3 + [sign(body=body)[0]]])
                """, input: Input(shared, SharedServer.other))
        let refused = ["MissingAuthenticationTokenException", "UnrecognizedClientException"]
        #expect(codes == refused + refused + refused + [""])
    }

    @Test func anAccountThatAsksTooOftenIsToldSo() throws {
        let shared = try SharedServer()
        let answers: [Int] = try Oracle.run(
            Self.client + """
                codes = [send(*sign())["code"] for _ in range(30)]
                answer([codes.count(""), codes.count("ProvisionedThroughputExceededException")])
                """, input: Input(shared, SharedServer.slow))
        #expect(answers[0] + answers[1] == 30)
        // Two at once, and two more for each second that the thirty take.
        #expect(answers[0] >= 2 && answers[1] > 0)
    }
}
