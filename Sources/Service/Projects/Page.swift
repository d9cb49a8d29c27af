internal import Foundation
internal import Moderation

/// A part of a list, and what asks for the next one.
struct Page<Item> {
    let items: [Item]
    /// `nil` where nothing is left.
    let nextToken: String?

    /// The first `limit` of `all` behind what `token` says.
    ///
    /// A token holds the place of the last item that was answered, not its number: what comes and goes between two pages
    /// neither repeats nor hides another item. It is good for one account and one query, by a digest; that is no secret,
    /// since whoever made one up would only begin elsewhere in a list that is the account's own.
    ///
    /// - Parameters:
    ///   - all: in the order of their places.
    ///   - query: all that the list depends on, the account and the operation first.
    /// - Throws: `.invalidPaginationToken` for a token of another account or query, and for what is none.
    init(
        _ all: [Item], place: (Item) -> PagePlace, after token: String?, of query: [String], limit: Int
    ) throws(ServiceError) {
        var rest = all[...]
        if let token {
            guard let last = PagePlace(token: token, query: query) else {
                throw ServiceError(
                    .invalidPaginationToken,
                    "Invalid Pagination Token: it is not one that this request was answered with")
            }
            rest = rest.drop { place($0) <= last }
        }
        items = Array(rest.prefix(limit))
        nextToken = rest.count > limit ? items.last.map { place($0).token(query) } : nil
    }
}

/// Where an item stands in a list.
struct PagePlace: Comparable {
    let rank: Int
    /// Tells items of one rank apart.
    let name: String

    init(rank: Int, name: String) {
        self.rank = rank
        self.name = name
    }

    static func < (left: PagePlace, right: PagePlace) -> Bool { (left.rank, left.name) < (right.rank, right.name) }

    fileprivate func token(_ query: [String]) -> String {
        Data("\(seal(query)) \(rank) \(name)".utf8).base64EncodedString()
    }

    fileprivate init?(token: String, query: [String]) {
        guard let text = Data(base64Encoded: token).map({ String(decoding: $0, as: UTF8.self) }) else { return nil }
        let fields = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, let rank = Int(fields[1]) else { return nil }
        self.init(rank: rank, name: String(fields[2]))
        guard fields[0] == seal(query) else { return nil }
    }

    private func seal(_ query: [String]) -> String { Digest(ofFields: query + ["\(rank)", name]).description }
}
