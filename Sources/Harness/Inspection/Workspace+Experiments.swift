public import Foundation

extension Workspace {
    /// The experiment files of the project: those right in the folder `Experiments`, by name.
    public var experimentFiles: [URL] {
        let folder = root.appending(path: "Experiments")
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
        return names.filter { $0.hasSuffix(".yaml") }.map { folder.appending(path: $0) }
    }
}
