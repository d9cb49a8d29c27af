internal import Crypto
internal import Foundation
internal import Harness
internal import Store

/// The key that vouches for an account's tokens: 32 random bytes in a file, made when they are first needed.
struct PageTokenKey {
    private let file: URL
    private static let lock = NSLock()

    init(_ account: Account) { file = account.workspace.store.appending(path: "service/page-token.key") }

    func read() throws -> SymmetricKey {
        if let key { return key }
        // One key for all: threads wait for one another here, servers of one folder at the file's lock.
        return try Self.lock.withLock {
            let lock = try WorkLock.wait(file.appendingPathExtension("lock")) { false }
            defer { withExtendedLifetime(lock) {} }
            return try key ?? make()
        }
    }

    private var key: SymmetricKey? {
        guard let bytes = try? Data(contentsOf: file), bytes.count == 32 else { return nil }
        return SymmetricKey(data: bytes)
    }

    private func make() throws -> SymmetricKey {
        let key = SymmetricKey(size: .bits256)
        try key.withUnsafeBytes { bytes in try AtomicFile.write(Data(bytes), to: file) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        return key
    }
}
