internal import Foundation

/// One page of what ListObjectsV2 answers.
struct ListingPage {
    /// An object as it is listed.
    struct Entry {
        let key: String
        let entityTag: String?
    }

    /// The objects, in the endpoint's order.
    let objects: [Entry]
    /// The continuation token of the next page, if there is one.
    let next: String?

    /// Reads the XML document `body`; `nil` where it is no such answer.
    init?(_ body: Data) {
        guard let root = XMLElement.root(of: body), root.name == "ListBucketResult" else { return nil }
        let isEncoded = root.first("EncodingType")?.text == "url"
        objects = root.elements.filter { $0.name == "Contents" }.compactMap { element in
            guard let key = element.first("Key")?.text else { return nil }
            return Entry(key: isEncoded ? Self.decoded(key) : key, entityTag: element.first("ETag")?.text)
        }
        let isTruncated = root.first("IsTruncated")?.text == "true"
        next = isTruncated ? root.first("NextContinuationToken")?.text : nil
        if isTruncated && next == nil { return nil }
    }

    /// S3 writes a space as `+`, like a form.
    private static func decoded(_ key: String) -> String { PercentEncoding.decode(key.replacing("+", with: " ")) }
}
