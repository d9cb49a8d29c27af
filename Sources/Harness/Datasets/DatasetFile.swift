public import Foundation
public import Moderation

/// A dataset on disk: its description, its manifest, and the folder that the images' paths start from.
public struct DatasetFile: Sendable {
    /// The dataset.
    public let dataset: Dataset
    /// The manifest.
    public let manifest: URL
    /// The command that makes the images where they are missing, if the dataset declares one.
    public let buildCommand: String?
    /// What that command fetches, in words such as `60 MB`.
    public let downloadSize: String?
    /// What is odd about the manifest, but no error.
    public let warnings: [Finding]

    /// The folder that image paths are relative to: the manifest's own unless told otherwise.
    public let folder: URL

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
        self.folder = folder
        buildCommand = nil
        downloadSize = nil
        warnings = []
    }

    /// Reads the dataset in `folder`, which holds a `dataset.yaml`.
    public init(folder: URL) throws(Findings) {
        let file = folder.appending(path: "dataset.yaml")
        let document = try Document(try TextFile.read(file), file: TextFile.name(of: file))
        var checker = ShapeChecker()
        checker.check(document.root, Self.shape, name: "")
        guard checker.findings.isEmpty,
            let name = document.root["dataset"]?.text,
            let taxonomy = (document.root["taxonomy"]?.text).flatMap(Taxonomy.init(version:))
        else { throw Findings(checker.findings) }
        try self.init(
            name: name, manifest: folder.appending(path: document.root["manifest"]?.text ?? "manifest.jsonl"),
            taxonomy: taxonomy, buildCommand: document.root["build"]?.text,
            downloadSize: document.root["download"]?.text)
    }

    /// Reads the bare manifest at `manifest`, a dataset called like the file, or like its folder where the file is called
    /// `manifest`.
    public init(manifest: URL, taxonomy: Taxonomy) throws(Findings) {
        let stem = manifest.deletingPathExtension().lastPathComponent
        let name = stem == "manifest" ? manifest.deletingLastPathComponent().lastPathComponent : stem
        try self.init(name: name, manifest: manifest, taxonomy: taxonomy)
    }

    /// Reads the manifest at `manifest`; image paths are relative to `folder`, or to its own where that is `nil`.
    public init(
        name: String, manifest: URL, folder: URL? = nil, taxonomy: Taxonomy, buildCommand: String? = nil,
        downloadSize: String? = nil
    ) throws(Findings) {
        let content = try TextFile.read(manifest)
        let read = try Manifest.read(Data(content.utf8), file: TextFile.name(of: manifest), taxonomy: taxonomy)
        dataset = Dataset(name: name, taxonomy: taxonomy, records: read.manifest.records)
        self.manifest = manifest
        self.folder = folder ?? manifest.deletingLastPathComponent()
        self.buildCommand = buildCommand
        self.downloadSize = downloadSize
        warnings = read.warnings
    }
}
