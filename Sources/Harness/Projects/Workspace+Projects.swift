public import Foundation

extension Workspace {
    /// The folder that holds what belongs to projects: their adapters.
    public var projects: URL { root.appending(path: "Projects") }

    /// The folder of the project called `name`.
    public func project(_ name: String) -> URL { projects.appending(path: name) }

    /// The folder of the versions of the adapter `name` of `project`.
    func adapter(_ name: String, of project: String) -> URL {
        self.project(project).appending(path: "adapters/\(name)")
    }

    /// The file or folder that a file of the workspace calls `path`: from the root, unless it is absolute.
    func file(at path: String) -> URL { path.hasPrefix("/") ? URL(filePath: path) : root.appending(path: path) }
}
