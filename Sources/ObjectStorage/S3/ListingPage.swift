internal import Foundation

/// One page of what ListObjectsV2 answers.
struct ListingPage {
    /// The keys, in the endpoint's order.
    let keys: [String]
    /// The continuation token of the next page, if there is one.
    let next: String?

    /// Reads the XML document `body`; `nil` where it is no such answer.
    init?(_ body: Data) {
        guard let root = XMLElement.root(of: body), root.name == "ListBucketResult" else { return nil }
        let isEncoded = root.first("EncodingType")?.text == "url"
        keys = root.elements.filter { $0.name == "Contents" }.compactMap { $0.first("Key")?.text }
            .map { isEncoded ? Self.decoded($0) : $0 }
        let isTruncated = root.first("IsTruncated")?.text == "true"
        next = isTruncated ? root.first("NextContinuationToken")?.text : nil
        if isTruncated && next == nil { return nil }
    }

    /// S3 writes a space as `+`, like a form.
    private static func decoded(_ key: String) -> String { PercentEncoding.decode(key.replacing("+", with: " ")) }
}
