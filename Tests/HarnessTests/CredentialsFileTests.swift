import Foundation
import Moderation
import TestSupport
import Testing

@testable import Harness

@Suite struct CredentialsFileTests {
    private func read(_ text: String) throws -> Credentials {
        let project = try TemporaryProject()
        try project.write("credentials.yaml", text)
        return try CredentialsFile.read(project.root.appending(path: "credentials.yaml"))
    }

    /// What is said of `marked`, each finding with its place, and where the marks are.
    private func findings(_ marked: String) throws -> (said: [String], places: [String], all: String) {
        let text = MarkedText(marked)
        let error = try #require(throws: Findings.self) { try read(text.text) }
        let said = error.all.map { "\($0.place.map { "\($0.line):\($0.column)" } ?? "-"): \($0.message)" }
        return (said, text.places, error.description)
    }

    @Test func everyKeyReachesTheAccounts() throws {
        let credentials = try read(
            """
            accounts:
              - id: 000000000000
                keys: [{id: AKIA0, secret: 0123456789abcdef}]
              - id: "111122223333"
                name: shop
                keys:
                  - {id: AKIA1, secret: "abcdef/+=0123456"}
                  - {id: AKIA2, secret: "abcdef/+=0123457"}
                buckets: [shop-images, shop.results]
                requests_per_second: 2.5
            """)
        #expect(credentials.accounts.map(\.id) == ["000000000000", "111122223333"])
        #expect(credentials.accounts[0].keys.map(\.secret) == ["0123456789abcdef"])
        #expect(credentials.accounts[0].buckets == [] && credentials.accounts[0].requestsPerSecond == nil)
        #expect(credentials.accounts[1].name == "shop" && credentials.accounts[1].requestsPerSecond == 2.5)
        #expect(credentials.accounts[1].keys.map(\.id) == ["AKIA1", "AKIA2"])
        #expect(credentials.accounts[1].buckets == ["shop-images", "shop.results"])
    }

    @Test func everyMistakeIsFoundInItsPlaceAndNoSecretIsShown() throws {
        let (said, places, all) = try findings(
            """
            accounts:
              - id: 1️⃣"12"
                keys: [{id: 2️⃣"SECRETSECRET SECRET", secret: 3️⃣SECRETSHORT}]
                buckets: [4️⃣a]
              - id: "111122223333"
                keys: [{id: AKIA1, secret: 0123456789abcdef}, 5️⃣SECRETALONE]
                requests_per_second: 6️⃣0
              - id: 7️⃣"111122223333"
                keys: [{id: 8️⃣AKIA1, secret: 0123456789abcdef, 9️⃣SECRETKEY: x}]
            """)
        let sentences = [
            "an account's `id` is 12 digits",
            "an access key's `id` is 3 to 128 letters, digits, `_` and `-`",
            "an access key's `secret` is 16 to 128 letters, digits and signs of ASCII, without spaces",
            "a bucket has 3 to 255 letters, digits, `.`, `-` and `_`",
            "`keys` is a mapping with the keys `id`, `secret`, given `…`",
            "`requests_per_second` is a number above 0 to 1000000, given `0`",
            "two accounts have this `id`",
            "two access keys have this `id`",
            "unknown key `…` in `keys`; allowed are `id`, `secret`",
        ]
        #expect(said.count == sentences.count)
        for (place, sentence) in zip(places, sentences) { #expect(said.contains("\(place): \(sentence)"), "\(said)") }
        #expect(!all.contains("SECRET"))
    }

    @Test func noDescriptionShowsASecret() throws {
        let credentials = try read(
            "accounts: [{id: \"111122223333\", keys: [{id: AKIA1, secret: 0123456789abcdef}]}]")
        var dumped = ""
        dump(credentials, to: &dumped)
        let said = "\(credentials) \(String(reflecting: credentials)) \(dumped)"
        #expect(said.contains("AKIA1") && !said.contains("0123456789abcdef"))
    }

    @Test(arguments: [(0o600, false), (0o640, true), (0o604, true), (0o400, false)])
    func filesThatOthersCanReadAreWarnedOf(permissions: Int, isWarned: Bool) throws {
        let project = try TemporaryProject()
        try project.write("credentials.yaml", "x")
        let file = project.root.appending(path: "credentials.yaml")
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
        #expect((CredentialsFile.warning(about: file)?.severity == .warning) == isWarned)
    }
}
