internal import Moderation

/// What a `dataset.yaml` says.
struct DatasetDescription {
    let name: String
    let taxonomy: Taxonomy
    /// The manifest, from the file's folder.
    var manifest = Self.standardManifest
    var buildCommand: String?
    var downloadSize: String?

    /// The file's name.
    static let fileName = "dataset.yaml"
    /// The manifest where the file names none.
    static let standardManifest = "manifest.jsonl"

    /// What a bare manifest says of itself.
    init(name: String, taxonomy: Taxonomy) {
        self.name = name
        self.taxonomy = taxonomy
    }

    /// Reads `text`, the content of `file`.
    init(_ text: String, file: String) throws(Findings) {
        let document = try Document(text, file: file)
        var checker = ShapeChecker()
        checker.check(document.root, DatasetFile.shape, name: "")
        guard checker.findings.isEmpty,
            let name = document.root["dataset"]?.text,
            let taxonomy = (document.root["taxonomy"]?.text).flatMap(Taxonomy.init(version:))
        else { throw Findings(checker.findings) }
        self.init(name: name, taxonomy: taxonomy)
        manifest = document.root["manifest"]?.text ?? Self.standardManifest
        buildCommand = document.root["build"]?.text
        downloadSize = document.root["download"]?.text
    }
}
