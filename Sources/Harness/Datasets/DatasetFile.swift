public import Foundation
public import Moderation
internal import ObjectStorage

/// A dataset on disk: its description, its manifest, and the folder that the images' paths start from.
public struct DatasetFile: Sendable {
    /// The dataset.
    public let dataset: Dataset
    /// The manifest; of a dataset at an endpoint, where it would be if it were mirrored.
    public let manifest: URL
    /// The manifest as it is named to a person: a path, or an `s3://` address.
    public let manifestName: String
    /// The command that makes the images where they are missing, if the dataset declares one.
    public let buildCommand: String?
    /// What that command fetches, in words such as `60 MB`.
    public let downloadSize: String?
    /// What is odd about the manifest, but no error.
    public let warnings: [Finding]

    /// The folder that image paths are relative to: the manifest's own unless told otherwise.
    public let folder: URL
    /// Where the images are looked for in a storage; `nil` where they are files below `folder`.
    let images: StoredImages?

    /// What `dataset.yaml` may contain.
    public static let shape = Shape.mapping([
        .init("dataset", .name, required: true, "the dataset's name"),
        .init("description", .text, "what it is, in one sentence"),
        .init("taxonomy", .word(Taxonomy.all.map(\.version)), required: true, "the taxonomy its labels are paths in"),
        .init("manifest", .text, default: "manifest.jsonl", "the list of images, beside this file"),
        .init("build", .text, "the command that makes the images where they are missing"),
        .init("download", .text, "what that command fetches, such as 60 MB"),
    ])

    /// The `dataset` of a manifest that was read by other means; image paths are relative to `folder`.
    init(_ dataset: Dataset, manifest: URL, folder: URL) {
        self.dataset = dataset
        self.manifest = manifest
        manifestName = TextFile.name(of: manifest)
        self.folder = folder
        images = nil
        buildCommand = nil
        downloadSize = nil
        warnings = []
    }

    /// Reads the dataset in `folder`, which holds a `dataset.yaml`.
    public init(folder: URL) throws(Findings) {
        let file = folder.appending(path: "dataset.yaml")
        let description = try DatasetDescription(try TextFile.read(file), file: TextFile.name(of: file))
        let manifest = folder.appending(path: description.manifest)
        try self.init(
            description, manifest: manifest, name: TextFile.name(of: manifest), content: try TextFile.read(manifest),
            folder: manifest.deletingLastPathComponent())
    }

    /// Reads the bare manifest at `manifest`, a dataset called like the file, or like its folder where the file is called
    /// `manifest`.
    public init(manifest: URL, taxonomy: Taxonomy) throws(Findings) {
        try self.init(name: Self.name(of: manifest), manifest: manifest, taxonomy: taxonomy)
    }

    /// Reads the manifest at `manifest`; image paths are relative to `folder`, or to its own where that is `nil`.
    public init(
        name: String, manifest: URL, folder: URL? = nil, taxonomy: Taxonomy
    ) throws(Findings) {
        try self.init(
            DatasetDescription(name: name, taxonomy: taxonomy), manifest: manifest, name: TextFile.name(of: manifest),
            content: try TextFile.read(manifest), folder: folder ?? manifest.deletingLastPathComponent())
    }

    /// Reads `content`, the text of the manifest at `manifest`, which findings call `name`.
    init(
        _ description: DatasetDescription, manifest: URL, name: String, content: String, folder: URL,
        images: StoredImages? = nil
    ) throws(Findings) {
        let read = try Manifest.read(Data(content.utf8), file: name, taxonomy: description.taxonomy)
        dataset = Dataset(name: description.name, taxonomy: description.taxonomy, records: read.manifest.records)
        self.manifest = manifest
        manifestName = name
        self.folder = folder
        self.images = images
        buildCommand = description.buildCommand
        downloadSize = description.downloadSize
        warnings = read.warnings
    }

    /// What a dataset is called that is only the manifest at `manifest`.
    static func name(of manifest: URL) -> String {
        let stem = manifest.deletingPathExtension().lastPathComponent
        return stem == "manifest" ? manifest.deletingLastPathComponent().lastPathComponent : stem
    }
}
