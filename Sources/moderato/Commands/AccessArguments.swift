internal import ArgumentParser
internal import Foundation
internal import Harness
internal import Moderation

/// Who may use a server.
struct AccessArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The accounts that may use the server, and their access keys; without it everybody on this machine may.",
            valueName: "file"))
    var credentials: String?

    /// Throws where `host` would let in whom nobody checks.
    func check(host: String) throws {
        guard credentials == nil, !Self.isLoopback(host) else { return }
        throw ValidationError(
            """
            --host \(host) is no loopback address, and without --credentials everybody who reaches it is account \
            \(Workspace.standardAccount); name a credentials file, or leave --host out
            """)
    }

    /// The accounts of the file; `say` is told what should be known about who may use the server.
    func readCredentials(_ say: (String) -> Void) throws(Findings) -> Credentials? {
        guard let credentials else {
            say(
                """
                it listens on the loopback alone: without --credentials no signature is looked at, and every caller is \
                account \(Workspace.standardAccount)
                """)
            return nil
        }
        let file = URL(filePath: credentials)
        if let warning = CredentialsFile.warning(about: file) { say("\(warning)") }
        return try CredentialsFile.read(file)
    }

    /// Whether only this machine reaches `host`: 127.0.0.0/8, ::1 or localhost.
    private static func isLoopback(_ host: String) -> Bool {
        var address = in_addr()
        if inet_pton(AF_INET, host, &address) == 1 { return UInt32(bigEndian: address.s_addr) >> 24 == 127 }
        return host == "::1" || host == "localhost"
    }
}
