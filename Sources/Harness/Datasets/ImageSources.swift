internal import Foundation
internal import Moderation
internal import ObjectStorage

/// Where a manifest in a storage has its images.
///
/// A `source-ref` names bucket and key; all other paths start from the manifest's prefix. A dataset has one place for all
/// its images, so that a manifest has one bucket, and one kind of line.
struct ImageSources {
    /// The bucket of every image.
    let bucket: String
    /// What stands before the paths of its records: empty, or a path that ends with `/`.
    let prefix: String

    /// Reads `content`, the text of `manifest`; lines that are wrong otherwise are left to the reader of manifests.
    init(_ content: String, manifest: ObjectLocation) throws(Findings) {
        struct Line: Decodable {
            let source: String?
            enum CodingKeys: String, CodingKey { case source = "source-ref" }
        }
        let decoder = JSONDecoder()
        var first: (bucket: String?, line: Int)?
        var findings: [Finding] = []
        for (index, text) in content.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let line = try? decoder.decode(Line.self, from: Data(text.utf8)) else { continue }
            let bucket = line.source.flatMap { ObjectLocation($0)?.bucket }
            if first == nil { first = (bucket, index + 1) }
            guard let first, first.bucket != bucket else { continue }
            findings.append(
                Finding(
                    "this image is in \(Self.words(bucket)), that of line \(first.line) in \(Self.words(first.bucket)); "
                        + "the images of a dataset are in one place", at: Place(file: "\(manifest)", line: index + 1),
                    hint: "make a dataset of each, and name them all in the experiment"))
        }
        guard findings.isEmpty else { throw Findings(findings) }
        if let bucket = first?.bucket {
            self.bucket = bucket
            prefix = ""
        } else {
            bucket = manifest.bucket
            prefix = manifest.keyParts.dropLast().map { "\($0)/" }.joined()
        }
    }

    private static func words(_ bucket: String?) -> String {
        bucket.map { "the bucket `\($0)`" } ?? "the manifest's own prefix"
    }
}
