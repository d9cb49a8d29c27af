internal import Crypto
internal import Foundation

/// Where a page of a list ended, for the client to give back: only the account and the query that it was made for can
/// read it, and nobody can make one up.
///
/// It holds the place behind the last item, not a count, so that nothing is left out or shown twice when items come and
/// go between two pages. It is an HMAC-SHA256 and the place that it vouches for, in base64url; at most 1024 characters.
struct PageToken: Sendable {
    /// What is listed: the operation, and all that says which items.
    let query: String
    private let account: String
    private let key: SymmetricKey

    /// Tokens for `operation` of `account`, of the items that `query` picks.
    init(_ operation: Operation, query: [String] = [], of account: Account) throws {
        // Each part with its length, so that no two lists of parts are written alike.
        self.query = ([operation.rawValue] + query).map { "\($0.utf8.count):\($0)" }.joined()
        self.account = account.id
        key = try AccountKey.read(account)
    }

    /// What a client is given to go on behind `place` with.
    func text(_ place: PagePlace) -> String {
        let place = Data("\(place.milliseconds):\(place.name)".utf8)
        return (Data(code(place)) + place).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// The place in `text`, which was made by ``text(_:)`` for the same query of the same account.
    ///
    /// - Throws: `ServiceError` `.invalidPaginationToken`.
    func place(_ text: String) throws(ServiceError) -> PagePlace {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + padding
        guard let bytes = Data(base64Encoded: base64), bytes.count > SHA256.byteCount else { throw Self.invalid }
        let (code, place) = (bytes.prefix(SHA256.byteCount), Data(bytes.dropFirst(SHA256.byteCount)))
        guard HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: authenticated(place), using: key),
            let place = PagePlace(String(decoding: place, as: UTF8.self)),
            // Base64 can write the same bytes with other last characters.
            self.text(place) == text
        else { throw Self.invalid }
        return place
    }

    private static let invalid = ServiceError(
        .invalidPaginationToken, "Invalid Pagination Token: NextToken is not one that this list answered with")

    private func code(_ place: Data) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: authenticated(place), using: key)
    }

    private func authenticated(_ place: Data) -> Data { Data("page\n\(account)\n\(query)\n".utf8) + place }
}

/// Where an item stands in a list whose newest come first: by when it was made, then by a name that no other has.
struct PagePlace: Comparable, Sendable {
    /// When the item was made, since 1970.
    let milliseconds: Int
    /// The item's name, at most 600 bytes.
    let name: String

    /// Newer is before older; of one moment, names go by their bytes.
    static func < (left: PagePlace, right: PagePlace) -> Bool {
        if left.milliseconds != right.milliseconds { return left.milliseconds > right.milliseconds }
        return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
}

extension PagePlace {
    fileprivate init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let milliseconds = Int(parts[0]) else { return nil }
        self.init(milliseconds: milliseconds, name: String(parts[1]))
    }
}
