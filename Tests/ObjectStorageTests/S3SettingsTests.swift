import Foundation
import ObjectStorage
import Testing

@Suite("Settings of S3")
struct S3SettingsTests {
    private let standard = URL(filePath: "/project/s3")

    @Test("What comes first counts: a place, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, the standard folder")
    func precedence() throws {
        let both = ["AWS_ENDPOINT_URL_S3": "http://one:9000", "AWS_ENDPOINT_URL": "http://two"]
        #expect(try endpoint(nil, both) == "http://one:9000")
        #expect(try endpoint(nil, ["AWS_ENDPOINT_URL_S3": "", "AWS_ENDPOINT_URL": "http://two"]) == "http://two")
        #expect(try endpoint("https://three/base", both) == "https://three/base")
        #expect(try endpoint("", both) == "http://one:9000")
        #expect(try endpoint("/a/folder", both) == "/a/folder")
        #expect(try endpoint(nil, [:]) == "/project/s3")
    }

    @Test("Keys, token and region come from the usual variables")
    func credentials() throws {
        let all = [
            "AWS_ENDPOINT_URL_S3": "http://one", "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "open-sesame",
            "AWS_SESSION_TOKEN": "token", "AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2",
        ]
        let settings = try #require(try S3Settings(environment: all))
        #expect(settings.region == "eu-west-1")
        #expect(
            settings.credentials == S3Credentials(accessKey: "key", secretKey: "open-sesame", sessionToken: "token"))
        let other = try #require(try S3Settings(environment: all.merging(["AWS_REGION": ""]) { $1 }))
        #expect(other.region == "eu-west-2")
        let bare = try #require(try S3Settings(environment: ["AWS_ENDPOINT_URL_S3": "http://one"]))
        #expect(bare.credentials == nil && bare.region == "us-east-1")
        #expect(try S3Settings(environment: ["AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "s"]) == nil)
    }

    @Test("One key without the other is a mistake", arguments: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    func halfCredentials(_ name: String) {
        let missing = name == "AWS_ACCESS_KEY_ID" ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID"
        #expect(throws: S3SettingsError.incompleteCredentials(missing: missing)) {
            try S3Settings(environment: ["AWS_ENDPOINT_URL_S3": "http://one", name: "x"])
        }
    }

    @Test(
        "An endpoint that is no address is a mistake, and is not repeated",
        arguments: [
            "ftp://host", "http://", "host:9000", "http://user:open-sesame@host", "http://host?x=open-sesame", "://",
        ])
    func badEndpoint(_ text: String) {
        #expect {
            try S3Settings(endpoint: text)
        } throws: { ($0 as? S3SettingsError) == .badEndpoint && !"\($0)".contains("open-sesame") }
    }

    @Test("No description shows a secret")
    func redaction() throws {
        let credentials = S3Credentials(accessKey: "key", secretKey: "open-sesame", sessionToken: "token-of-mine")
        let settings = try S3Settings(endpoint: "http://one", credentials: credentials)
        let endpoint = S3Endpoint(settings)
        var dumped = ""
        dump(endpoint, to: &dumped)
        dump(Buckets.endpoint(endpoint), to: &dumped)
        dump(credentials, to: &dumped)
        let texts = [
            "\(credentials)", String(reflecting: credentials), "\(settings)", String(reflecting: settings),
            "\(endpoint)", String(reflecting: endpoint), dumped,
        ]
        for text in texts { #expect(text.contains("key"), "it is of the credentials: \(text)") }
        for text in texts + ["\(Buckets.endpoint(endpoint))", String(reflecting: Buckets.endpoint(endpoint))] {
            #expect(!text.contains("open-sesame") && !text.contains("token-of-mine"), "\(text)")
        }
    }

    private func endpoint(_ place: String?, _ environment: [String: String]) throws -> String {
        switch try Buckets(at: place, environment: environment, standard: standard) {
        case .folder(let local): local.folder.path
        case .endpoint(let endpoint): endpoint.settings.endpoint.absoluteString
        }
    }
}
