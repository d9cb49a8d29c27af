internal import Foundation
internal import Moderation
internal import Store

extension AdapterRegistry {
    /// The names of the projects that have adapters, in order.
    func projectNames() throws(ProjectError) -> [String] {
        var projects: [String] = []
        for name in try names(in: workspace.projects) where AdapterID.isName(name) {
            if !(try names(of: name)).isEmpty { projects.append(name) }
        }
        return projects
    }

    /// The names of the adapters of `project` that have a version, in order.
    func names(of project: String) throws(ProjectError) -> [String] {
        var adapters: [String] = []
        for name in try folderNames(of: project) {
            if !(try numbers(of: name, in: project)).isEmpty { adapters.append(name) }
        }
        return adapters
    }

    /// The names that adapters of `project` may have, in order; some may have no version.
    func folderNames(of project: String) throws(ProjectError) -> [String] {
        try names(in: workspace.project(project).appending(path: "adapters")).filter(AdapterID.isName)
    }

    /// The numbers of the versions of the adapter `name` of `project`, ascending; damaged ones count.
    func numbers(of name: String, in project: String) throws(ProjectError) -> [Int] {
        try names(in: workspace.adapter(name, of: project)).compactMap { text in
            Int(text).flatMap { $0 > 0 && String($0) == text ? $0 : nil }
        }.sorted()
    }

    /// The folder of version `number` of the adapter `name` of `project`.
    func folder(of name: String, in project: String, number: Int) -> URL {
        workspace.adapter(name, of: project).appending(path: "\(number)")
    }

    /// What the file of version `number` of the adapter `name` of `project` says.
    func readFile(_ name: String, of project: String, number: Int) throws(ProjectError) -> AdapterVersion {
        let file = folder(of: name, in: project, number: number).appending(path: AdapterFolder.description)
        let version: AdapterVersion
        do {
            version = try JSONDecoder().decode(AdapterVersion.self, from: Data(contentsOf: file))
        } catch let other as OtherLayout {
            throw .unknownLayout(path: workspace.path(of: file), found: other.found, known: AdapterVersion.layout)
        } catch {
            throw .damaged(path: workspace.path(of: file), reason: Self.reason(for: error))
        }
        guard (version.project, version.name, version.number) == (project, name, number) else {
            throw .damaged(path: workspace.path(of: file), reason: "it says that it is `\(version.id)`")
        }
        return version
    }

    /// All versions of the adapter `name` of `project`.
    public func list(_ name: String, of project: String) throws(ProjectError) -> Listing {
        var listing = Listing()
        for number in try numbers(of: name, in: project) {
            do throws(ProjectError) {
                listing.versions.append(try read(name, of: project, number: number))
            } catch {
                listing.damaged.append(error)
            }
        }
        return listing
    }

    func newest(of id: AdapterID, _ numbers: [Int]) throws(ProjectError) -> AdapterVersion {
        var others: [String] = []
        for number in numbers.reversed() {
            let version = try read(id.name, of: id.project, number: number)
            if version.status == .trained { return version }
            others.append("\(number) is \(version.status == .candidate ? "a candidate" : "deprecated")")
        }
        throw .noneInUse(id: "\(id)", versions: others)
    }

    /// What was probably meant by `id`, of whose name there is no version.
    func hint(for id: AdapterID) -> String {
        let known = projects().flatMap { project in ((try? names(of: project)) ?? []).map { "\(project)/\($0)" } }
        guard !known.isEmpty else {
            return "`moderato adapter create \(id.project) \(id.name) --from TRIAL` makes it"
        }
        return Names.hint(for: "\(id.project)/\(id.name)", among: known) ?? "there is \(Names.list(known))"
    }

    /// The names of what is in `folder`, in order; none where there is no folder: a note of somebody's is no adapter.
    private func names(in folder: URL) throws(ProjectError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        } catch {
            let code = (error as? CocoaError)?.code, system = (error as? CocoaError)?.underlying as? POSIXError
            if code == .fileReadNoSuchFile || system?.code == .ENOTDIR { return [] }
            let reason = system.map { String(cString: strerror($0.code.rawValue)) } ?? "\(error)"
            throw .unreadable(
                path: workspace.path(of: folder), reason: code == .fileReadNoPermission ? "permission denied" : reason)
        }
    }

    private static func reason(for error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "it has no `\(key.stringValue)`"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            "its `\(context.codingPath.map(\.stringValue).joined(separator: "."))` is of another type"
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty: context.debugDescription
        case is DecodingError: "it is not JSON"
        default: "it cannot be read"
        }
    }
}

extension AdapterRegistry.Listing {
    /// Adds the versions of another listing.
    mutating func add(_ other: AdapterRegistry.Listing) {
        versions += other.versions
        damaged += other.damaged
    }
}

extension Workspace {
    /// What `error` means for an adapter, whose files are not computed anew.
    func damage(_ error: StoreError) -> any Error {
        let path = path(of: URL(filePath: error.path))
        switch error {
        case .missing: return ProjectError.damaged(path: path, reason: "there is no such file")
        case .damaged(_, let reason): return ProjectError.damaged(path: path, reason: reason)
        case .outdated(_, let found), .unknownLayout(_, let found, _):
            return ProjectError.damaged(path: path, reason: "this version does not read \"\(found)\"")
        case .refused, .mismatch, .unstorable: return error
        }
    }
}
