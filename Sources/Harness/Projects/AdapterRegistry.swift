internal import Evaluation
public import Foundation
internal import Moderation
public import Store

/// The adapters of a workspace's projects: `Projects/<project>/adapters/<name>/<number>/`, a folder for each version.
///
/// Any number of threads and processes may use a registry at once.
public struct AdapterRegistry: Sendable {
    let workspace: Workspace
    /// The versions that were read before, where many are asked for again and again.
    private let memo: FileMemo<AdapterVersion>?

    public init(workspace: Workspace, memo: FileMemo<AdapterVersion>? = nil) {
        self.workspace = workspace
        self.memo = memo
    }

    /// Version `number` of the adapter `name` of `project`.
    func read(_ name: String, of project: String, number: Int) throws(ProjectError) -> AdapterVersion {
        guard let memo else { return try readFile(name, of: project, number: number) }
        let file = folder(of: name, in: project, number: number).appending(path: AdapterFolder.description)
        return try memo.value(of: file) { () throws(ProjectError) in
            try readFile(name, of: project, number: number)
        }
    }

    /// The versions of some adapters, and what is wrong with those that cannot be read.
    public struct Listing: Sendable {
        /// By project, name and number.
        public internal(set) var versions: [AdapterVersion] = []
        public internal(set) var damaged: [ProjectError] = []
    }

    /// The projects that have adapters, by name; none where their folder cannot be read.
    public func projects() -> [String] { (try? projectNames()) ?? [] }

    /// All versions of all adapters of `project`, or of every project.
    public func list(_ project: String? = nil) throws(ProjectError) -> Listing {
        if let project { try AdapterID.check(project: project) }
        var listing = Listing()
        let projects = if let project { [project] } else { try projectNames() }
        for project in projects {
            for name in try folderNames(of: project) { listing.add(try self.list(name, of: project)) }
        }
        return listing
    }

    /// The version that `id` means: the one of its number, or else the newest that is in use.
    ///
    /// - Throws: `ProjectError.noSuchAdapter`, `.noneInUse`, `.damaged`.
    public func find(_ id: AdapterID) throws(ProjectError) -> AdapterVersion {
        let numbers = try numbers(of: id.name, in: id.project)
        guard !numbers.isEmpty else { throw .noSuchAdapter(id: "\(id)", hint: hint(for: id)) }
        guard let number = id.number else { return try newest(of: id, numbers) }
        guard numbers.contains(number) else {
            throw .noSuchAdapter(
                id: "\(id)", hint: "there is " + Names.list(numbers.map { "\(id.project)/\(id.name)/\($0)" }))
        }
        return try read(id.name, of: id.project, number: number)
    }

    /// The version that `text` names: an id, or the ARN that detections and evaluation files have.
    ///
    /// - Throws: `ProjectError.badID` and what ``find(_:)`` throws.
    public func find(named text: String) throws(ProjectError) -> AdapterVersion {
        guard text.hasPrefix("arn:") else { return try find(AdapterID(text)) }
        guard let version = try find(arn: text) else {
            throw .noSuchAdapter(id: text, hint: "`moderato adapter list --json` shows the ARNs that there are")
        }
        return version
    }

    /// The version that Amazon Rekognition would call `arn`; `nil` where there is none.
    public func find(arn: String) throws(ProjectError) -> AdapterVersion? {
        guard let arn = ProjectVersionArn(arn), arn.account == workspace.account else { return nil }
        let listing = try list(arn.name, of: arn.project)
        if let version = listing.versions.first(where: { $0.createdMilliseconds == arn.createdMilliseconds }) {
            return version
        }
        // It may be the one that cannot be read.
        if let damage = listing.damaged.first { throw damage }
        return nil
    }

    /// The folder of `version`.
    public func folder(of version: AdapterVersion) -> URL {
        folder(of: version.name, in: version.project, number: version.number)
    }

    /// The file that describes `version`: it is written anew when the status changes, and goes with the version.
    public func descriptionFile(of version: AdapterVersion) -> URL {
        folder(of: version).appending(path: AdapterFolder.description)
    }

    /// The trial of `version`, with what its heads need; every byte of its file is checked.
    public func trial(of version: AdapterVersion) throws -> AdapterTrial {
        let file = folder(of: version).appending(path: AdapterFolder.trial)
        do throws(StoreError) {
            let trial = try AdapterTrial(reading: file)
            if let fault = trial.fault(as: version.trial.id) {
                throw StoreError.damaged(path: file.path, reason: fault)
            }
            if let contradiction = trial.record.contradiction(in: version) {
                throw StoreError.damaged(path: descriptionFile(of: version).path, reason: contradiction)
            }
            return trial
        } catch {
            throw workspace.damage(error)
        }
    }

    /// What `version` and its base model did on its test images, as `evaluation.json` has it.
    public func evaluation(of version: AdapterVersion) throws -> EvaluationResults {
        guard let taxonomy = Taxonomy(version: version.baseModel.taxonomy) else {
            throw damagedTaxonomy(of: version)
        }
        return EvaluationResults(
            of: try trial(of: version).record, taxonomy: taxonomy, arn: version.arn,
            ended: Timestamp.text(version.createdMilliseconds))
    }

    /// The images that `version` was trained on, as a dataset.
    public func trainingData(of version: AdapterVersion) throws -> DatasetFile {
        try dataset("training", AdapterFolder.trainingManifest, of: version)
    }

    /// The images that `version` was tested on, as a dataset.
    public func testData(of version: AdapterVersion) throws -> DatasetFile {
        try dataset("test", AdapterFolder.testManifest, of: version)
    }

    /// The base-model file that `version` names.
    ///
    /// - Throws: `ProjectError.baseModelGone` where there is no such file.
    public func baseModelFile(of version: AdapterVersion) throws(ProjectError) -> URL {
        let file = workspace.file(at: version.baseModel.file)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw .baseModelGone(
                id: version.id, file: version.baseModel.file,
                trained: "\(version.baseModel.name) (\(version.baseModel.digest.short))")
        }
        return file
    }

    private func dataset(_ name: String, _ manifest: String, of version: AdapterVersion) throws -> DatasetFile {
        let file = folder(of: version).appending(path: manifest)
        guard let bytes = try? Data(contentsOf: file) else {
            throw ProjectError.damaged(path: workspace.path(of: file), reason: "it cannot be read")
        }
        guard Digest(of: bytes) == version.files[manifest] else {
            throw ProjectError.damaged(
                path: workspace.path(of: file), reason: "its bytes do not have the SHA-256 that adapter.json says")
        }
        guard let taxonomy = Taxonomy(version: version.baseModel.taxonomy) else { throw damagedTaxonomy(of: version) }
        return try DatasetFile(
            name: name, manifest: file, folder: workspace.file(at: version.images.folder), taxonomy: taxonomy)
    }

    private func damagedTaxonomy(of version: AdapterVersion) -> ProjectError {
        .damaged(
            path: workspace.path(of: descriptionFile(of: version)),
            reason: "there is no taxonomy \(version.baseModel.taxonomy)")
    }
}
