/// Which copies an endpoint's listings say are fresh, so that thousands of them need not be asked for one by one.
struct FreshCopies: Sendable {
    private let noted: [String?]
    private let isFresh: [Bool]

    /// As many copies cost about as long to ask for as a listing.
    private static let worthListing = 100

    /// - Parameter copies: the objects, each with the entity tag of its copy where there is one.
    init(_ copies: [(location: ObjectLocation, entityTag: String?)], at endpoint: S3Endpoint) {
        noted = copies.map(\.entityTag)
        var fresh = copies.map { _ in false }
        let buckets = Dictionary(grouping: copies.indices.filter { copies[$0].entityTag != nil }) {
            copies[$0].location.bucket
        }
        for (bucket, indices) in buckets where indices.count >= Self.worthListing {
            let tags = Self.tags(of: indices.map { copies[$0].location.key }, in: bucket, at: endpoint)
            for index in indices {
                fresh[index] = tags[Array(copies[index].location.key.utf8)] == copies[index].entityTag
            }
        }
        isFresh = fresh
    }

    /// Whether the copy at `index` is listed with the entity tag that it has.
    func isFresh(_ index: Int) -> Bool { isFresh[index] }

    /// The entity tag of the copy at `index`; `nil` where there is none.
    func notedTag(_ index: Int) -> String? { noted[index] }

    /// The entity tags of what stands below the common prefix of `keys`.
    ///
    /// A bucket may hold far more than a dataset, so that the listing ends early; and who may read need not be allowed to
    /// list. What is not found here is asked for by itself.
    private static func tags(of keys: [String], in bucket: String, at endpoint: S3Endpoint) -> [[UInt8]: String] {
        guard let first = keys.first else { return [:] }
        let prefix = keys.reduce(first) { $0.commonPrefix(with: $1) }
        let listed = (try? endpoint.objects(in: bucket, prefix: prefix, limit: 2 * keys.count + 1000)) ?? []
        // Two keys may be the same text in Swift's eyes, composed and decomposed, and are not.
        var tags: [[UInt8]: String] = [:]
        for object in listed { tags[Array(object.key.utf8)] = object.entityTag }
        return tags
    }
}

extension String {
    /// The longest beginning of both, in whole scalars of Unicode.
    fileprivate func commonPrefix(with other: String) -> String {
        let same = zip(unicodeScalars, other.unicodeScalars).prefix { $0 == $1 }.map(\.0)
        return String(String.UnicodeScalarView(same))
    }
}
