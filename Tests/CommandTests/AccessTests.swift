import Foundation
import TestSupport
import Testing

/// Who may reach `moderato serve`.
@Suite struct AccessTests {
    @Test(arguments: ["0.0.0.0", "::", "10.0.0.1", "example.org", "127.0.0.1.example.org", "127.1"])
    func withoutCredentialsOnlyTheLoopbackIsListenedOn(host: String) throws {
        let project = try TemporaryProject()
        let run = try Program.run(["serve", "--host", host, "--base-model", "tiny"], in: project.root)
        #expect(run.status == 64)
        #expect(run.talk.contains("--host \(host) is no loopback address, and without --credentials everybody"))
    }

    @Test func withoutCredentialsTheServerSaysThatItListensOnTheLoopbackAndWhy() throws {
        let project = try TemporaryProject()
        try project.makeImages(4)
        let server = try RunningServer(["--base-model", "tiny"], in: project.root)
        #expect(
            server.talk.contains("it listens on the loopback alone: without --credentials no signature is looked at"))
    }

    @Test func aCredentialsFileThatIsWrongEndsTheServerWithFindings() throws {
        let project = try TemporaryProject()
        try project.makeImages(4)
        try project.write("credentials.yaml", "accounts: [{id: \"1\", keys: [{id: AKIA, secret: sh0rt-SECRET}]}]")
        let run = try Program.run(
            ["serve", "--port", "0", "--base-model", "tiny", "--credentials", "credentials.yaml"], in: project.root)
        #expect(run.status != 0)
        #expect(run.talk.contains("credentials.yaml:1:17: error: an account's `id` is 12 digits"))
        #expect(run.talk.contains("warning: others on this machine can read the secrets in this file"))
        #expect(!run.talk.contains("sh0rt-SECRET"))
        let missing = try Program.run(
            ["serve", "--base-model", "tiny", "--credentials", "none.yaml"], in: project.root)
        #expect(missing.talk.contains("none.yaml: error: there is no such file"))
    }
}
