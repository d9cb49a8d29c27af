/// A named set of annotated images in a folder.
public struct Dataset: Sendable, Equatable {
    /// The name, as experiments and reports use it.
    public let name: String
    /// The version of the taxonomy its labels are paths in.
    public let taxonomy: Taxonomy
    /// The images.
    public let records: [ImageRecord]

    public init(name: String, taxonomy: Taxonomy, records: [ImageRecord]) {
        self.name = name
        self.taxonomy = taxonomy
        self.records = records
    }

    /// Identity of what the dataset says: every image's path, digest, labels, group, source and tags, in order.
    public var digest: Digest {
        Digest(of: Manifest(records: records).jsonLines())
    }
}
