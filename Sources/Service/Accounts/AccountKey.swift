internal import Crypto
internal import Foundation
internal import Harness
internal import Store

/// An account's secret: 32 random bytes in its folder, made when they are first needed.
///
/// It vouches for what clients give back, and makes names that nobody guesses. Without the file a new one is made: then
/// tokens of earlier pages are refused, and a request that is made again counts as another.
enum AccountKey {
    private static let lock = NSLock()

    /// The secret of `account`.
    static func read(_ account: Account) throws -> SymmetricKey {
        let file = account.workspace.store.appending(path: "service/account.key")
        if let key = key(in: file) { return key }
        // One key for all: threads wait for one another here, servers of one folder at the file's lock.
        return try lock.withLock {
            let lock = try WorkLock.wait(file.appendingPathExtension("lock")) { false }
            defer { withExtendedLifetime(lock) {} }
            return try key(in: file) ?? make(file)
        }
    }

    private static func key(in file: URL) -> SymmetricKey? {
        guard let bytes = try? Data(contentsOf: file), bytes.count == 32 else { return nil }
        return SymmetricKey(data: bytes)
    }

    private static func make(_ file: URL) throws -> SymmetricKey {
        let key = SymmetricKey(size: .bits256)
        try key.withUnsafeBytes { bytes in try AtomicFile.write(Data(bytes), to: file, isSecret: true) }
        return key
    }
}
