internal import Foundation
internal import Harness

/// The versions of a project: adapters, whoever made them, and trainings that have not become one.
struct VersionShelf: Sendable {
    let project: ServedProject

    /// The name of the folder of trainings.
    static let trainings = "trainings"

    private var workspace: Workspace { project.workspace }
    private var registry: AdapterRegistry { AdapterRegistry(workspace: workspace, memo: Self.adapters) }

    // Pages of versions are asked for again and again, by whoever waits.
    private static let adapters = FileMemo<AdapterVersion>()

    init(_ project: ServedProject) { self.project = project }

    /// Whether there is no version, damaged ones counting.
    var isEmpty: Bool {
        get throws {
            let listing = try registry.list(project.name)
            return try listing.versions.isEmpty && listing.damaged.isEmpty && versions().isEmpty
        }
    }

    /// What is wrong with the first adapter that cannot be read, if there is one: one sentence.
    var damage: String? { get throws { try registry.list(project.name).damaged.first.map(\.sentenceForClients) } }

    /// The versions called by `names`, or all of them, latest first.
    func versions(_ names: Set<String>? = nil) throws -> [ServedVersion] {
        var listings: [AdapterVersion] = []
        if let names {
            for name in names.sorted() where AdapterID.isName(name) {
                listings += try registry.list(name, of: project.name).versions
            }
        } else {
            listings = try registry.list(project.name).versions
        }
        var trainings = try trainings(names)
        var versions = listings.map { adapter in
            let isOwn = trainings[adapter.name]?.created == adapter.createdMilliseconds
            let training = isOwn ? trainings.removeValue(forKey: adapter.name) : nil
            return ServedVersion(
                project: project, name: adapter.name, created: adapter.createdMilliseconds, training: training,
                adapter: adapter)
        }
        // A training that ended in an adapter which somebody removed is nothing any more, nor is a damaged record beside an
        // adapter: that is the version.
        let adapters = Set(listings.map(\.name))
        for (name, training) in trainings {
            if training.isDamaged, adapters.contains(name) { continue }
            let damage = try registry.list(name, of: project.name).damaged.first.map(\.sentenceForClients)
            if training.status == .completed, damage == nil { continue }
            versions.append(
                ServedVersion(
                    project: project, name: name, created: training.created, training: training, adapter: nil,
                    damage: training.status == .completed ? damage : nil))
        }
        return versions.sorted { $0.place < $1.place }
    }

    /// The trainings that run or wait.
    ///
    /// - Parameter onDamage: told what is wrong with records that cannot be read.
    func open(onDamage: (String) -> Void) throws -> [ServedVersion] {
        let trainings = try trainings(nil)
        for record in trainings.values where record.isDamaged { onDamage(record.message ?? "") }
        for damage in try registry.list(project.name).damaged { onDamage("\(damage)") }
        return trainings.filter { $0.value.status == .inProgress }.map { name, training in
            ServedVersion(project: project, name: name, created: training.created, training: training, adapter: nil)
        }
    }

    /// The version that `arn` names, of any project of `catalog`.
    ///
    /// - Throws: `ServiceError.resourceNotFound` where the account has none.
    static func find(_ arn: String, _ catalog: ProjectCatalog) throws -> ServedVersion {
        if let name = ProjectVersionArn(arn), name.account == catalog.workspace.account,
            let project = try catalog.project(name.project),
            let version = try VersionShelf(project).versions([name.name]).first(where: { $0.arn == arn })
        {
            return version
        }
        throw ServiceError.notFound(arn)
    }

    private func trainings(_ names: Set<String>?) throws -> [String: TrainingRecord] {
        var records: [String: TrainingRecord] = [:]
        for name in try workspace.trainings(of: project.name).contentNames() where names?.contains(name) ?? true {
            records[name] = try TrainingRecord.read(name, of: project.name, workspace: workspace)
        }
        return records
    }
}

/// A version of a project, as the service shows it: a training, the adapter that it became, or an adapter that was made by
/// other means.
struct ServedVersion: Sendable {
    let project: ServedProject
    let name: String
    /// Milliseconds since 1970.
    let created: Int
    let training: TrainingRecord?
    let adapter: AdapterVersion?
    /// What is wrong with its adapter, which cannot be read: one sentence.
    var damage: String?

    var arn: String {
        ProjectVersionArn(
            account: project.workspace.account, project: project.name, name: name, createdMilliseconds: created
        ).description
    }

    /// The numbers of its adapter, or of those that cannot be read, one of which is its own.
    func adapterNumbers(_ registry: AdapterRegistry) throws -> [Int] {
        if let adapter { return [adapter.number] }
        guard damage != nil else { return [] }
        let readable = try registry.list(name, of: project.name).versions.map(\.number)
        return try registry.numbers(AdapterID(project: project.name, name: name)).filter { !readable.contains($0) }
    }

    /// Whether it is being trained, or waits for that.
    var isTraining: Bool { training?.status == .inProgress }

    /// Where it stands in a list, latest first.
    var place: PagePlace { PagePlace(milliseconds: created, name: name) }
}
