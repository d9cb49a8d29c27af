internal import ArgumentParser
internal import BaseModel
internal import Foundation
internal import Harness
internal import Moderation

/// What the command line names without an experiment file; paths start from the current folder.
extension Workspace {
    private static var here: URL { URL(filePath: FileManager.default.currentDirectoryPath) }

    /// The workspace at `root`, or the one around the current folder.
    static func named(_ root: String?) -> Workspace {
        root.map { Workspace(root: URL(filePath: $0)) } ?? Workspace(around: here)
    }

    /// The base model called `name`, or in the file `name`.
    func readBaseModel(_ name: String) throws -> BaseModelDescription {
        try BaseModelFile.read(baseModelFile(named: name))
    }

    /// The file of the base model called `name`, or the file `name`.
    func baseModelFile(named name: String) throws -> URL {
        let file = baseModelFile(name, relativeTo: Self.here)
        try require(
            file, "there is no base model `\(name)`: no file",
            hint: "`--root` names the project's folder, `--base-model` another model")
        return file
    }

    /// The launcher called `name`, or in the file `name`.
    func readLauncher(_ name: String) throws -> Launcher {
        let file = launcherFile(name, relativeTo: Self.here)
        try require(
            file, "there is no launcher `\(name)`: no file",
            hint: "a launcher is a file in Experiments/launchers, or a path that ends in .yaml")
        return try LauncherFile.read(file)
    }

    /// The dataset called `name`, in the folder `name`, or the bare manifest `name` with labels of `taxonomy`.
    func readDataset(_ name: String, taxonomy: Taxonomy) throws -> DatasetFile {
        if Workspace.isStorageAddress(name) { return try storedDataset(at: name, place: nil, taxonomy: taxonomy) }
        let target = datasetFolder(name, relativeTo: Self.here)
        try require(
            target, "there is no dataset `\(name)`: nothing is at", hint: "`--root` names the project's folder")
        return try target.pathExtension == "jsonl"
            ? DatasetFile(manifest: target, taxonomy: taxonomy) : DatasetFile(folder: target)
    }

    /// Throws what `objection` begins, with the path of `file`, where there is nothing.
    private func require(_ file: URL, _ objection: String, hint: String) throws(Findings) {
        guard !FileManager.default.fileExists(atPath: file.path) else { return }
        throw Findings([Finding("\(objection) \(TextFile.name(of: file))", hint: hint)])
    }
}

extension Taxonomy {
    /// The labels at the paths `texts`, or an error that names the first that is none.
    func labels(named texts: [String]) throws -> [Label] {
        try texts.map { text in
            guard let label = Label(text), contains(label) else {
                throw ValidationError(objection(to: text) + (hint(for: text).map { " (\($0))" } ?? ""))
            }
            return label
        }
    }
}
