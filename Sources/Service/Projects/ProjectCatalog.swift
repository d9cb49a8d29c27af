internal import Foundation
internal import Harness
internal import Store

/// The projects of an account: folders of `Projects`, whoever made them.
struct ProjectCatalog: Sendable {
    let workspace: Workspace
    /// Whether this thread has the right to change the projects.
    private var isChanging = false

    init(_ account: Account) { workspace = account.workspace }

    /// All that can be read, latest first.
    ///
    /// - Parameter onDamage: told of the others.
    func all(onDamage: (any Error) -> Void = { _ in }) throws -> [ServedProject] {
        var projects: [ServedProject] = []
        for name in try names() {
            do {
                if let project = try project(name) { projects.append(project) }
            } catch {
                onDamage(error)
            }
        }
        return projects.sorted { $0.place < $1.place }
    }

    /// The project called `name`; `nil` where there is none.
    ///
    /// A project that the service did not make is given a time of creation when it is first seen, for its ARN.
    func project(_ name: String) throws -> ServedProject? {
        if let record = try ProjectRecord.read(of: name, workspace: workspace) { return served(name, record) }
        guard let record = try firstRecord(of: name) else { return nil }
        // On a disk that cannot be written to, the same time is found again.
        return (try? changing { try $0.adopt(name) }) ?? served(name, record)
    }

    /// The project that `arn` names.
    ///
    /// - Throws: `ServiceError.resourceNotFound` where the account has none, or its record cannot be read, which no other try
    ///   would mend.
    func find(_ arn: String) throws -> ServedProject {
        guard let name = ProjectArn(arn), name.account == workspace.account else { throw ServiceError.notFound(arn) }
        do {
            let project = try project(name.project)
            guard let project, project.record.createdMilliseconds == name.createdMilliseconds else {
                throw ServiceError.notFound(arn)
            }
            return project
        } catch let error as ProjectError {
            throw ServiceError(
                .resourceNotFound, "The resource \(arn) cannot be read: \(error.sentenceForClients)", fault: "\(error)")
        }
    }

    /// Calls `body` while no other thread or process changes the account's projects.
    ///
    /// - Parameter body: is given the catalog with the right to change it.
    func changing<Value>(_ body: (ProjectCatalog) throws -> Value) throws -> Value {
        if isChanging { return try body(self) }
        let lock = try WorkLock.wait(workspace.store.appending(path: "locks/projects/lock"), until: { false })
        var catalog = self
        catalog.isChanging = true
        return try withExtendedLifetime(lock) { try body(catalog) }
    }

    /// Changes the record of `project`; for who has the right to.
    func change(_ project: ServedProject, _ change: (inout ProjectRecord) throws -> Void) throws {
        guard var record = try ProjectRecord.read(of: project.name, workspace: workspace) else {
            throw ServiceError.notFound(project.arn)
        }
        try change(&record)
        try record.write(of: project.name, workspace: workspace)
    }

    private func served(_ name: String, _ record: ProjectRecord) -> ServedProject {
        ServedProject(name: name, record: record, workspace: workspace)
    }

    private func adopt(_ name: String) throws -> ServedProject? {
        if let record = try ProjectRecord.read(of: name, workspace: workspace) { return served(name, record) }
        guard let record = try firstRecord(of: name) else { return nil }
        try record.write(of: name, workspace: workspace)
        return served(name, record)
    }

    /// The record of a project that has none: as old as its oldest adapter, or else as its file.
    private func firstRecord(of name: String) throws -> ProjectRecord? {
        let oldest = try AdapterRegistry(workspace: workspace).list(name).versions.map(\.createdMilliseconds).min()
        let file = try? FileManager.default.attributesOfItem(atPath: workspace.projectFile(name).path)
        let written = (file?[.modificationDate] as? Date).map(Milliseconds.of)
        return (oldest ?? written).map { ProjectRecord(createdMilliseconds: $0, updatesAutomatically: false) }
    }

    private func names() throws -> [String] {
        try workspace.projects.contentNames().filter(AdapterID.isName).sorted()
    }
}

extension URL {
    /// The names of what is in the folder, in no order; none where there is no folder.
    ///
    /// - Throws: what keeps a folder that is there from being read.
    func contentNames() throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path)
        } catch CocoaError.fileReadNoSuchFile {
            return []
        }
    }
}
