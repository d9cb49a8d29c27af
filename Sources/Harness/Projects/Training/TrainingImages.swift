public import Foundation
public import Moderation

/// Annotated images of one folder, to train an adapter on or to test it on.
public struct TrainingImages: Sendable {
    /// What the images are called beside others: `training`, `test`.
    public let name: String
    /// The folder that their paths start from.
    public let folder: URL
    /// The images, each path once; what the manifest says of digests and groups is kept.
    public let records: [ImageRecord]

    public init(name: String, folder: URL, records: [ImageRecord]) {
        self.name = name
        self.folder = folder
        self.records = records
    }

    func file(of record: ImageRecord) -> URL { folder.appending(path: record.path) }

    func dataset(_ taxonomy: Taxonomy) -> DatasetFile {
        DatasetFile(
            Dataset(name: name, taxonomy: taxonomy, records: records), manifest: folder.appending(path: name),
            folder: folder)
    }
}

extension ImageRecord {
    func with(digest: Digest? = nil, group: String? = nil) -> ImageRecord {
        ImageRecord(
            path: path, digest: digest ?? self.digest, annotation: annotation, group: group ?? self.group,
            source: source, tags: tags, line: line)
    }
}
