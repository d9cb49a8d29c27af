internal import Foundation
internal import Harness

/// CreateProject, DescribeProjects and DeleteProject.
struct Projects: Sendable {
    /// The most projects of an account.
    static let maximum = 100

    func create(_ input: Input, _ account: Account) throws -> CreatedProject {
        let name = try input.required("ProjectName")
        let updatesAutomatically = try Self.updatesAutomatically(input)
        guard AdapterID.isName(name) else {
            throw ServiceError(.invalidParameter, "ProjectName is neither . nor .., given \(name)")
        }
        return try ProjectCatalog(account).changing { catalog in
            guard try Self.existing(name, catalog) == nil else {
                throw ServiceError(.resourceInUse, "Project \(name) already exists")
            }
            let others = try catalog.all()
            guard others.count < Self.maximum else {
                throw ServiceError(
                    .limitExceeded,
                    "\(others.count) projects for account \(account.id) Maximum limit: \(Self.maximum)")
            }
            let record = ProjectRecord(
                createdMilliseconds: max(Milliseconds.now, (others.first?.record.createdMilliseconds ?? 0) + 1),
                updatesAutomatically: updatesAutomatically, tags: input.map("Tags"))
            try record.write(of: name, workspace: account.workspace)
            return CreatedProject(
                projectArn: ServedProject(name: name, record: record, workspace: account.workspace).arn)
        }
    }

    func describe(_ input: Input, _ account: Account) throws -> ProjectDescriptions {
        let names = input.texts("ProjectNames").map { Set($0) }
        let features = Set(input.texts("Features") ?? [Feature.customLabels.rawValue])
        let isAsked = features.contains(Feature.contentModeration.rawValue)
        let projects = isAsked ? try ProjectCatalog(account).all() : []
        let token = try PageToken(
            .describeProjects, query: features.sorted() + [""] + (names ?? []).sorted(), of: account)
        let page = try Page(
            of: projects.filter { names?.contains($0.name) ?? true }, input, token, place: \.place)
        return ProjectDescriptions(
            projectDescriptions: page.items.map(ProjectDescriptions.Project.init), nextToken: page.nextToken)
    }

    func delete(_ input: Input, _ account: Account) throws -> DeletionStatus {
        try ProjectCatalog(account).changing { catalog in
            let project = try catalog.find(input.required("ProjectArn"))
            let shelf = VersionShelf(project)
            guard try shelf.isEmpty else {
                let damage = try shelf.damage.map { "; one cannot be read: \($0)" } ?? ""
                throw ServiceError(.resourceInUse, "Project \(project.name) has versions; delete them first\(damage)")
            }
            try project.remove()
            return DeletionStatus()
        }
    }

    /// The project called `name`: also one that cannot be read is there.
    private static func existing(_ name: String, _ catalog: ProjectCatalog) throws -> ServedProject? {
        do {
            return try catalog.project(name)
        } catch let error as ProjectError {
            throw ServiceError(
                .resourceInUse,
                "Project \(name) already exists, and cannot be read: \(error.sentenceForClients)")
        }
    }

    private static func updatesAutomatically(_ input: Input) throws(ServiceError) -> Bool {
        guard input.text("Feature") == Feature.contentModeration.rawValue else {
            throw ServiceError(
                .invalidParameter,
                "This server customizes content moderation alone: pass Feature CONTENT_MODERATION, and AutoUpdate ENABLED or "
                    + "DISABLED"
            )
        }
        guard let word = input.text("AutoUpdate") else {
            throw ServiceError(
                .invalidParameter, "AutoUpdate is required for CONTENT_MODERATION: pass ENABLED or DISABLED")
        }
        return word == ProjectDescriptions.autoUpdate(true)
    }
}

extension ServedProject {
    /// Removes the folder of a project without versions; for who has the right to change it.
    ///
    /// - Throws: `.resourceInUse` where a person keeps files there.
    fileprivate func remove() throws {
        let folder = workspace.project(name)
        let record = workspace.projectRecord(name)
        let own: Set = [record.lastPathComponent, VersionShelf.trainings, "adapters"]
        let others = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            !own.contains($0) && !$0.hasPrefix("\(record.lastPathComponent).tmp-")
        }
        if let other = others.min() {
            throw ServiceError(
                .resourceInUse,
                "Project \(name) has the file \(other), which this server did not write; remove it first")
        }
        // Without it, the folder is no project: from here on it is gone.
        try FileManager.default.removeItem(at: record)
        try FileManager.default.removeItem(at: folder)
    }
}
