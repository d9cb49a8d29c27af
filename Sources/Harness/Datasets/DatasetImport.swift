public import Foundation
public import Moderation
internal import Store

/// Makes a dataset of images that lie elsewhere: a folder of folders named after labels, or a manifest.
public struct DatasetImport: Sendable {
    /// What was found.
    public let manifest: Manifest
    /// Files that were passed over, with the reason.
    public let passedOver: [BadImage]

    /// File names that end like this are images.
    public static let imageExtensions = ["png", "jpg", "jpeg", "webp"]

    /// The folder name for images in which no label is present.
    public static let safeFolder = "Safe"

    /// Reads `folder`, laid out as `LABEL/*.png`, or `LABEL/CHILD/*.png` for labels below the top level, with `Safe` for
    /// images in which no label is present.
    ///
    /// An image that lies in one folder is taken to show that label and no other. Copies of the same bytes under several
    /// labels become one image with all of them. Hidden files are no images.
    /// - Throws: `Findings` for folders that no label is called by, and for images that are safe in one folder and not in
    ///   another.
    public init(folder: URL, taxonomy: Taxonomy) throws(Findings) {
        var scan = FolderScan(root: folder, taxonomy: taxonomy)
        scan.read()
        guard scan.findings.isEmpty else { throw Findings(scan.findings) }
        manifest = Manifest(records: scan.records)
        passedOver = scan.passedOver
    }

    /// The name of a dataset in `folder`: the folder's, with `-` for what a name may not have.
    public static func name(for folder: URL) -> String {
        let characters = folder.lastPathComponent.map { ShapeChecker.isName("_\($0)") ? $0 : "-" }
        let name = String(characters.prefix(Shape.longestName).drop { $0 == "-" || $0 == "." })
        return name.isEmpty ? "images" : name
    }

    /// Whether `name` can be a dataset's.
    public static func isName(_ name: String) -> Bool { ShapeChecker.isName(name) }

    /// Writes the dataset `name` into `folder`: `dataset.yaml` and `manifest.jsonl`; the images stay where they are
    /// below it.
    /// - Parameter isReplacing: whether files of those names that are there already may be replaced.
    public func write(name: String, folder: URL, taxonomy: Taxonomy, replacing isReplacing: Bool) throws {
        let there = ["dataset.yaml", "manifest.jsonl"].filter {
            FileManager.default.fileExists(atPath: folder.appending(path: $0).path)
        }
        guard isReplacing || there.isEmpty else {
            throw RunError.alreadyThere(path: folder.appending(path: there[0]).path)
        }
        let description = """
            dataset: \(name)
            taxonomy: "\(taxonomy.version)"
            manifest: manifest.jsonl

            """
        try AtomicFile.write(manifest.jsonLines(), to: folder.appending(path: "manifest.jsonl"))
        try AtomicFile.write(Data(description.utf8), to: folder.appending(path: "dataset.yaml"))
    }
}

/// Walks a folder of label folders.
private struct FolderScan {
    let root: URL
    let taxonomy: Taxonomy
    private(set) var findings: [Finding] = []
    private(set) var passedOver: [BadImage] = []
    private var images: [Digest: (path: String, labels: [Label])] = [:]
    private var safe: [Digest: String] = [:]

    init(root: URL, taxonomy: Taxonomy) {
        self.root = root
        self.taxonomy = taxonomy
    }

    /// The images by path.
    var records: [ImageRecord] {
        images.sorted { $0.value.path < $1.value.path }.map { digest, image in
            ImageRecord(
                path: image.path, digest: digest, annotation: Annotation(present: image.labels.sorted()),
                group: image.path, source: nil, tags: [], line: 0)
        }
    }

    mutating func read() {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: root.path).sorted() else {
            let reason =
                FileManager.default.fileExists(atPath: root.path)
                ? "this folder cannot be read" : "there is no such folder"
            findings.append(Finding(reason, at: Place(file: TextFile.name(of: root), line: 0)))
            return
        }
        var unknown: [String: Int] = [:]
        for path in names where isImage(path) {
            let folder = (path as NSString).deletingLastPathComponent
            if folder == DatasetImport.safeFolder {
                keep(path, label: nil)
            } else if let label = Label(folder), taxonomy.contains(label) {
                keep(path, label: label)
            } else {
                unknown[folder, default: 0] += 1
            }
        }
        reportContradictions()
        for (folder, count) in unknown.sorted(by: { $0.key < $1.key }) { report(folder, count: count) }
        if images.isEmpty && findings.isEmpty {
            findings.append(
                Finding(
                    "there is no image below this folder", at: Place(file: TextFile.name(of: root), line: 0),
                    hint: "images lie in folders named after labels, such as Alcohol/1.jpg, or in Safe/"))
        }
    }

    private func isImage(_ path: String) -> Bool {
        let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
        return !isHidden && DatasetImport.imageExtensions.contains((path as NSString).pathExtension.lowercased())
    }

    private mutating func keep(_ path: String, label: Label?) {
        let digest: Digest
        do {
            digest = Digest(of: try ImageFile.read(root.appending(path: path)))
        } catch {
            passedOver.append(BadImage(path: path, reason: "\(error)"))
            return
        }
        if label == nil { safe[digest] = path }
        var image = images[digest] ?? (path, [])
        if let label, !image.labels.contains(label) { image.labels.append(label) }
        images[digest] = image
    }

    /// The same bytes in a label's folder and among the safe images.
    private mutating func reportContradictions() {
        for (digest, path) in safe.sorted(by: { $0.value < $1.value }) {
            guard let image = images[digest], let label = image.labels.first else { continue }
            findings.append(
                Finding(
                    "`\(path)` is safe, but `\(image.path)` is the same bytes and shows `\(label)`",
                    at: Place(file: TextFile.name(of: root), line: 0), hint: "remove the one that is wrong"))
        }
    }

    private mutating func report(_ folder: String, count: Int) {
        let name = folder.isEmpty ? "the folder itself" : "the folder `\(folder)`"
        let paths = taxonomy.labels.map(\.description) + [DatasetImport.safeFolder]
        findings.append(
            Finding(
                "\(name) holds \(count) images, but is not called like a label of taxonomy \(taxonomy.version)",
                at: Place(file: TextFile.name(of: root), line: 0), hint: Names.hint(for: folder, among: paths)))
    }
}
