public import Foundation

/// The folders of a project: where datasets and base models are found by name, and where results go.
///
/// Nothing depends on the current directory: the root follows from the experiment file.
public struct Workspace: Sendable {
    /// The project's root folder.
    public let root: URL

    /// The account that owns it, in the names that Amazon Rekognition would give: twelve digits.
    public let account: String
    /// The folder that set-up installed into, ONNX Runtime among it.
    public let installation: URL

    /// The account of a workspace that is nobody's in particular.
    public static let standardAccount = "000000000000"

    /// - Parameter installation: the workspace whose set-up is used, where that is another.
    public init(root: URL, account: String = Workspace.standardAccount, installation: Workspace? = nil) {
        precondition(Self.isAccount(account), "an account has 12 digits, given `\(account)`")
        self.root = root.standardizedFileURL
        self.account = account
        self.installation = installation?.installation ?? self.root.appending(path: Self.storeName)
    }

    /// Whether `text` can be an account: twelve digits.
    public static func isAccount(_ text: String) -> Bool { text.wholeMatch(of: /[0-9]{12}/) != nil }

    /// The workspace of an experiment file: the nearest folder above it that holds `Datasets` or `.moderato`, or the
    /// folder of the file where there is none.
    public init(containing file: URL) {
        self.init(around: file.standardizedFileURL.deletingLastPathComponent())
    }

    /// The workspace that `folder` lies in: itself or the nearest folder above that is one, or `folder` where none is.
    public init(around folder: URL) {
        // A path stays relative where the current directory is gone; above it there is nothing to look for.
        var names = folder.standardizedFileURL.pathComponents
        while names.first == "/", names.count > 1 {
            let candidate = URL(filePath: "/" + names.dropFirst().joined(separator: "/"))
            if Workspace.isRoot(candidate) {
                self.init(root: candidate)
                return
            }
            names.removeLast()
        }
        self.init(root: folder)
    }

    /// What is made and can be made again: models, embeddings, trials.
    public var store: URL { root.appending(path: Self.storeName) }

    private static let storeName = ".moderato"

    /// The dataset called `name`, or at the path `name`, which starts from `folder`.
    public func datasetFolder(_ name: String, relativeTo folder: URL) -> URL {
        Self.isPath(name) ? Self.resolve(name, from: folder) : datasets.appending(path: name)
    }

    /// The file of the base model called `name`, or at the path `name`, which starts from `folder`.
    public func baseModelFile(_ name: String, relativeTo folder: URL) -> URL {
        Self.isPath(name) ? Self.resolve(name, from: folder) : baseModels.appending(path: "\(name).yaml")
    }

    /// The launcher file called `name`, or at the path `name`, which starts from `folder`.
    public func launcherFile(_ name: String, relativeTo folder: URL) -> URL {
        Self.isPath(name) ? Self.resolve(name, from: folder) : launchers.appending(path: "\(name).yaml")
    }

    /// The folder that holds the datasets.
    public var datasets: URL { root.appending(path: "Datasets") }

    /// The folder that holds experiments.
    public var experiments: URL { root.appending(path: "Experiments") }

    /// The folder that holds base-model files.
    public var baseModels: URL { root.appending(path: "Experiments/base-models") }

    /// The folder that holds launcher files.
    public var launchers: URL { root.appending(path: "Experiments/launchers") }

    /// Where the reports of an experiment go.
    public func results(project: String, experiment: String) -> URL {
        root.appending(path: "Results/\(project)/\(experiment)")
    }

    /// The note of what the report of an experiment was made from.
    public func published(project: String, experiment: String) -> URL {
        store.appending(path: "published/\(project)/\(experiment).json")
    }

    /// The datasets that can be named.
    var datasetNames: [String] {
        Self.names(in: datasets).filter { name in
            FileManager.default.fileExists(atPath: datasets.appending(path: "\(name)/dataset.yaml").path)
        }
    }

    /// The base models that can be named.
    var baseModelNames: [String] {
        Self.names(in: baseModels).filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    }

    /// The files of the base models that can be named.
    var baseModelFiles: [URL] { baseModelNames.map { baseModels.appending(path: "\($0).yaml") } }

    private static func names(in folder: URL) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    /// The path of `file` from the root, or all of it where it lies elsewhere.
    public func path(of file: URL) -> String {
        let path = file.standardizedFileURL.path
        return path.hasPrefix(root.path + "/") ? String(path.dropFirst(root.path.count + 1)) : path
    }

    private static func isPath(_ name: String) -> Bool {
        name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".jsonl")
    }

    private static func resolve(_ path: String, from folder: URL) -> URL {
        path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path).standardizedFileURL
    }

    private static func isRoot(_ folder: URL) -> Bool {
        ["Datasets", storeName].contains { name in
            var isFolder: ObjCBool = false
            let path = folder.appending(path: name).path
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
        }
    }
}
