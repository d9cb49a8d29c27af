public import Foundation

extension Workspace {
    /// The experiment files of the project, by path: YAML files in `Experiments` and the folders in it, but for those of base
    /// models and launchers.
    public var experimentFiles: [URL] {
        let folder = root.appending(path: "Experiments")
        let paths = ((try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []).sorted()
        return paths.filter { path in
            let isOther = ["base-models/", "launchers/"].contains { path.hasPrefix($0) }
            return !isOther && [".yaml", ".yml"].contains { path.hasSuffix($0) }
        }.map { folder.appending(path: $0) }
    }
}
