public import Foundation
internal import Store

/// What the Rekognition service alone knows of a project: `Projects/<project>/service.json`.
public struct ProjectRecord: Sendable, Equatable {
    /// When the project was made, in milliseconds since 1970.
    public let createdMilliseconds: Int
    /// Whether its adapters are to be moved to a new base model; a `project.yaml` overrules it.
    public let updatesAutomatically: Bool
    /// The project's tags, by key.
    public var tags: [String: String]
    /// The tags of its adapter versions, by ARN.
    public var versionTags: [String: [String: String]]

    /// The layout of the file.
    static let layout = 1

    public init(
        createdMilliseconds: Int, updatesAutomatically: Bool, tags: [String: String] = [:],
        versionTags: [String: [String: String]] = [:]
    ) {
        self.createdMilliseconds = createdMilliseconds
        self.updatesAutomatically = updatesAutomatically
        self.tags = tags
        self.versionTags = versionTags
    }

    /// The record of `project`; `nil` where there is none.
    ///
    /// - Throws: `ProjectError.damaged`, `.unknownLayout`.
    public static func read(of project: String, workspace: Workspace) throws(ProjectError) -> ProjectRecord? {
        let file = workspace.projectRecord(project)
        do {
            guard let bytes = try AtomicFile.read(file) else { return nil }
            return try JSONDecoder().decode(ProjectRecord.self, from: bytes)
        } catch let StoreError.refused(_, _, reason) {
            throw .damaged(path: workspace.path(of: file), reason: "it cannot be read: \(reason)")
        } catch let other as OtherLayout {
            throw .unknownLayout(path: workspace.path(of: file), found: other.found, known: layout)
        } catch {
            throw .damaged(path: workspace.path(of: file), reason: "it is no project's record")
        }
    }

    /// Writes the record of `project`, durably.
    public func write(of project: String, workspace: Workspace) throws {
        try AtomicFile.write(try jsonFile(), to: workspace.projectRecord(project))
    }
}

extension ProjectRecord: Codable {
    private enum Key: String, CodingKey {
        case layout, created, tags
        case autoUpdate = "auto_update"
        case versionTags = "version_tags"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let layout = try container.decode(Int.self, forKey: .layout)
        guard layout == Self.layout else { throw OtherLayout(found: layout) }
        createdMilliseconds = try container.decode(Int.self, forKey: .created)
        updatesAutomatically = try container.decode(Bool.self, forKey: .autoUpdate)
        tags = try container.decode([String: String].self, forKey: .tags)
        versionTags = try container.decode([String: [String: String]].self, forKey: .versionTags)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(Self.layout, forKey: .layout)
        try container.encode(createdMilliseconds, forKey: .created)
        try container.encode(updatesAutomatically, forKey: .autoUpdate)
        try container.encode(tags, forKey: .tags)
        try container.encode(versionTags, forKey: .versionTags)
    }
}

extension Workspace {
    /// The file of what the service knows of a project.
    public func projectRecord(_ project: String) -> URL { self.project(project).appending(path: "service.json") }
}
