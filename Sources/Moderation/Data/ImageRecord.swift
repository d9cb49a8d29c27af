/// One image of a dataset, as its manifest describes it.
public struct ImageRecord: Sendable, Hashable {
    /// Path within the dataset's folder, with `/` between folders.
    public let path: String
    /// The declared digest of the file's bytes, or `nil` where the manifest declares none.
    public let digest: Digest?
    /// What is known of every label.
    public let annotation: Annotation
    /// Images of one group show one object: they stay together in a split.
    public let group: String
    /// Where the image comes from, or `nil`.
    public let source: String?
    /// Free words an experiment can select by; `look-alike:LABEL` marks hard negatives of a label.
    public let tags: [String]
    /// The line of the manifest, from 1.
    public let line: Int

    public init(
        path: String, digest: Digest?, annotation: Annotation, group: String, source: String?, tags: [String], line: Int
    ) {
        self.path = path
        self.digest = digest
        self.annotation = annotation
        self.group = group
        self.source = source
        self.tags = tags
        self.line = line
    }

    /// Whether no group was named: the image is one by itself, called by its path.
    public var isAlone: Bool { group == path }

    /// Whether this image was marked as easily mistaken for `label`.
    public func isLookAlike(of label: Label) -> Bool { tags.contains("look-alike:\(label)") }
}
