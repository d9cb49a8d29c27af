import Foundation
import ObjectStorage
import TestSupport
import Testing

@Suite("Signature Version 4")
struct SignatureV4Tests {
    /// "Examples: Signature Calculations" of the Amazon S3 API reference: key AKIAIOSFODNN7EXAMPLE, 24 May 2013.
    @Test(
        "AWS's published examples for S3",
        arguments: [
            PublishedExample(
                method: "GET", path: "/test.txt", query: "", headers: [("Range", "bytes=0-9")], body: "",
                signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
            PublishedExample(
                method: "PUT", path: "/test%24file.text", query: "",
                headers: [("Date", "Fri, 24 May 2013 00:00:00 GMT"), ("x-amz-storage-class", "REDUCED_REDUNDANCY")],
                body: "Welcome to Amazon S3.",
                signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
            PublishedExample(
                method: "GET", path: "/", query: "lifecycle", headers: [], body: "",
                signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
            PublishedExample(
                method: "GET", path: "/", query: "max-keys=2&prefix=J", headers: [], body: "",
                signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
        ])
    func publishedExamples(_ example: PublishedExample) throws {
        let time = try #require(SignatureV4.Timestamp("20130524T000000Z"))
        let payloadHash = SignatureV4.hash(of: Data(example.body.utf8))
        let request = SignatureV4.CanonicalRequest(
            method: example.method, path: example.path, query: example.query,
            headers: example.headers + [
                ("Host", "examplebucket.s3.amazonaws.com"), ("x-amz-date", "\(time)"),
                ("x-amz-content-sha256", payloadHash),
            ], payloadHash: payloadHash, pathRule: .asSent)
        let scope = SignatureV4.Scope(day: time.day, region: "us-east-1", service: "s3")
        let signature = SignatureV4.signature(
            of: request, at: time, scope: scope, secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
        #expect(signature == example.signature)
    }

    /// Random requests, signed by botocore for S3 and for another service.
    @Test("botocore signs 600 random requests alike")
    func botocore() throws {
        let cases = try Oracle.run(SignedRequest.script, input: 600, as: [SignedRequest].self)
        #expect(cases.count == 600)
        for signed in cases {
            let time = try #require(SignatureV4.Timestamp(signed.time))
            let authorization = try #require(SignatureV4.Authorization(signed.authorization))
            let names = Set(authorization.signedHeaders.split(separator: ";").map(String.init))
            let request = SignatureV4.CanonicalRequest(
                method: signed.method, path: signed.path, query: signed.query,
                headers: signed.headers.filter { names.contains($0[0].lowercased()) }.map { ($0[0], $0[1]) },
                payloadHash: signed.payloadHash, pathRule: signed.isS3 ? .asSent : .normalizedAndEncodedAgain)
            #expect(request.text == signed.canonical)
            let text = request.text(toSignAt: time, in: authorization.scope)
            #expect(text == signed.textToSign)
            let key = SignatureV4.SigningKey(secret: signed.secret, scope: authorization.scope)
            #expect(key.signature(of: text) == authorization.signature)
            #expect(key.isSignature(authorization.signature, of: text))
            #expect(request.signedHeaders == authorization.signedHeaders)
            #expect("\(authorization)" == signed.authorization)
        }
    }

    @Test("A signature that differs in any place, or in length, is another")
    func comparison() {
        let key = SignatureV4.SigningKey(
            secret: "secret", scope: SignatureV4.Scope(day: "20130524", region: "r", service: "s"))
        let right = key.signature(of: "text")
        for index in right.indices {
            var wrong = right
            wrong.replaceSubrange(index...index, with: right[index] == "0" ? "1" : "0")
            #expect(!key.isSignature(wrong, of: "text"))
        }
        #expect(!key.isSignature(String(right.dropLast()), of: "text"))
        #expect(!key.isSignature(right + "0", of: "text"))
        #expect(!key.isSignature("", of: "text"))
        #expect(!key.isSignature(right, of: "other"))
        #expect(key.isSignature(right, of: "text"))
    }

    @Test("A key never shows what it is made of")
    func redaction() {
        let key = SignatureV4.SigningKey(
            secret: "open-sesame", scope: SignatureV4.Scope(day: "20130524", region: "r", service: "s"))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] { #expect(text.contains("SigningKey(…)")) }
    }

    @Test(
        "A header that is no authorization is refused",
        arguments: [
            "", "AWS4-HMAC-SHA256", "Bearer x", "AWS4-HMAC-SHA256 Credential=a/20130524/r/s/aws4_request",
            "AWS4-HMAC-SHA256 Credential=a/20130524/r/s/other, SignedHeaders=host, Signature=0",
            "AWS4-HMAC-SHA256 Credential=a/2013/r/s/aws4_request, SignedHeaders=host, Signature=0",
            "AWS4-HMAC-SHA256 Credential=20130524/r/s/aws4_request, SignedHeaders=host, Signature=0",
            "AWS4-HMAC-SHA256 Credential=a/20130524/r/s/aws4_request, SignedHeaders=, Signature=0",
            "AWS4-HMAC-SHA256 Credential=a/20130524/r/s/aws4_request, SignedHeaders=host, Signature=0, Signature=1",
            "AWS4-HMAC-SHA256 Credential=a/20130524/r/s/aws4_request, SignedHeaders=host, Signature=0, More=1",
            "AWS4-HMAC-SHA256 Credential=a/20130524/r/s/aws4_request SignedHeaders=host Signature=0",
        ])
    func malformedAuthorization(_ text: String) {
        #expect(SignatureV4.Authorization(text) == nil)
    }

    @Test("Fields of an authorization may follow a comma without a space")
    func tightAuthorization() {
        let text = "AWS4-HMAC-SHA256 Credential=a/20130524/r/s/aws4_request,SignedHeaders=host,Signature=0"
        #expect(SignatureV4.Authorization(text)?.accessKey == "a")
    }

    @Test("A timestamp is a second that exists")
    func timestamps() throws {
        let text = "20240229T235959Z"
        let time = try #require(SignatureV4.Timestamp(text))
        #expect(time.date.timeIntervalSince1970 == 1_709_251_199)
        #expect(SignatureV4.Timestamp(time.date.addingTimeInterval(0.9)).description == text)
        #expect(time.day == "20240229")
        for wrong in [
            "20230229T000000Z", "20240101T240000Z", "20240101T000060Z", "2024-01-01T00:00:00Z", "20240101", "",
        ] {
            #expect(SignatureV4.Timestamp(wrong) == nil, "\(wrong)")
        }
    }
}

struct PublishedExample: Sendable {
    let method: String
    let path: String
    let query: String
    let headers: [(String, String)]
    let body: String
    let signature: String
}

/// A request that botocore signed, with the steps it took.
private struct SignedRequest: Decodable {
    let isS3: Bool
    let method: String
    let path: String
    let query: String
    let headers: [[String]]
    let payloadHash: String
    let canonical: String
    let textToSign: String
    let secret: String
    let time: String
    let authorization: String

    static let script = """
        import random
        from urllib.parse import quote, urlsplit
        from botocore.auth import SigV4Auth, S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        odd = "abcXYZ019-._~ !\\"#$%&'()*+,/:;<=>?@[]^`{|}\\\\äéß中文🙂\\u0301"
        rng = random.Random(20130524)
        def word(low, high, letters=odd): return "".join(rng.choice(letters) for _ in range(rng.randint(low, high)))
        cases = []
        for index in range(input):
            is_s3 = index % 2 == 0
            secret = word(1, 40, "abcXYZ019/+")
            token = word(1, 60, "abc/+=") if rng.random() < 0.3 else None
            credentials = Credentials(word(16, 20, "ABCXYZ0189"), secret, token)
            region, service = rng.choice(["us-east-1", "eu-west-3", "x"]), "s3" if is_s3 else "rekognition"
            path = "/" + quote("/".join(rng.choice(["..", ".", "", word(1, 6)]) for _ in range(rng.randint(0, 6))), safe="/~")
            # Few names, so that some come twice; some values are empty.
            names = [word(1, 3) for _ in range(3)]
            pairs = [(rng.choice(names), rng.choice(["", word(0, 8)])) for _ in range(rng.randint(0, 5))]
            query = "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs)
            body = word(0, 50).encode() if rng.random() < 0.7 else b""
            request = AWSRequest(method=rng.choice(["GET", "PUT", "POST", "HEAD", "DELETE"]), data=body,
                                 url=f"http://{rng.choice(['127.0.0.1:9000', 'example.com'])}{path}" + ("?" + query if query else ""))
            for number in range(rng.randint(0, 4)):
                value = rng.choice(["", "  ", "\\t", " a "]).join(word(0, 9, "aZ0 ,;=ä") for _ in range(3))
                request.headers.add_header(f"X-{rng.choice(['Amz', 'amz', 'Other'])}-{number // 2}", value)
            request.headers["User-Agent"] = "not signed"
            signer = (S3SigV4Auth if is_s3 else SigV4Auth)(credentials, service, region)
            signer.add_auth(request)
            authorization = request.headers["Authorization"]
            del request.headers["Authorization"]
            canonical = signer.canonical_request(request)
            parts = urlsplit(request.url)
            headers = [list(pair) for pair in request.headers.items()]
            if "host" not in request.headers: headers.append(["Host", parts.netloc])
            cases.append(dict(
                isS3=is_s3, method=request.method, path=parts.path, query=parts.query, headers=headers,
                payloadHash=canonical.rsplit("\\n", 1)[1], canonical=canonical,
                textToSign=signer.string_to_sign(request, canonical), secret=secret,
                time=request.context["timestamp"], authorization=authorization))
        answer(cases)
        """
}
