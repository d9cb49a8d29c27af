internal import Foundation
internal import Harness
internal import Store

/// What the service knows of the training of a version: `Projects/<project>/trainings/<version>/training.json`.
struct TrainingRecord: Codable, Sendable {
    /// The layout of the file.
    static let layout = 1

    var layout = Self.layout
    /// When it was asked for, in milliseconds since 1970: the number in the version's ARN.
    let created: Int
    /// The request as it was asked.
    let request: JSONValue
    var status = Status.inProgress
    /// What is worth saying of how it ended.
    var message: String?
    /// When it ended, in milliseconds since 1970.
    var ended: Int?
    /// How long it took.
    var seconds: Double?
    var f1Score: Double?
    /// The results that were written.
    var outputs: [TrainingOutput] = []
    /// Whether it stands for a file that says nothing; such a one is never written.
    private(set) var isDamaged = false

    enum Status: String, Codable, Sendable {
        case inProgress = "in_progress"
        case completed, failed
    }

    private enum CodingKeys: String, CodingKey {
        case layout, created, request, status, message, ended, seconds, outputs
        case f1Score = "f1_score"
    }

    init(created: Int, request: JSONValue) {
        self.created = created
        self.request = request
    }

    /// The record of the training of `version`; `nil` where there is none.
    ///
    /// Of a damaged file it is one of a failed training: what is there is shown, and can be removed.
    ///
    /// - Throws: `StoreError.refused` where the file cannot be read.
    static func read(_ version: String, of project: String, workspace: Workspace) throws(StoreError) -> TrainingRecord?
    {
        let file = workspace.training(version, of: project)
        return try memo.value(of: file) { () throws(StoreError) in
            guard let bytes = try AtomicFile.read(file) else { return nil }
            return record(in: bytes) ?? TrainingRecord(damaged: file, workspace: workspace)
        }
    }

    private static func record(in bytes: Data) -> TrainingRecord? {
        guard let record = try? JSONDecoder().decode(TrainingRecord.self, from: bytes), record.layout == layout else {
            return nil
        }
        return record
    }

    /// What stands for a damaged `file`: as old as that, since nothing says when it was asked for.
    private init(damaged file: URL, workspace: Workspace) {
        let written = try? FileManager.default.attributesOfItem(atPath: file.path)[.modificationDate] as? Date
        self.init(created: written.map(Milliseconds.of) ?? 0, request: .object([:]))
        isDamaged = true
        status = .failed
        message =
            "The record of the training, \(workspace.path(of: file)), is damaged or of another version of Moderato; restore it, "
            + "or delete the version and train it again"
    }

    private static let memo = FileMemo<TrainingRecord?>()

    func write(_ version: String, of project: String, workspace: Workspace) throws {
        let file = workspace.training(version, of: project)
        // What a process that was killed just here left.
        try AtomicFile.sweep(for: file)
        try AtomicFile.write(try jsonFile(), to: file)
    }

    /// Removes the record of the training of `version`, if there is one.
    static func remove(_ version: String, of project: String, workspace: Workspace) throws {
        let file = workspace.training(version, of: project)
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        try FileManager.default.removeItem(at: file)
        try? FileManager.default.removeItem(at: file.deletingLastPathComponent())
    }
}

/// What a training writes beside the adapter.
enum TrainingOutput: String, Codable, Sendable, CaseIterable {
    case trainingValidation = "training_manifest_with_validation.json"
    case testValidation = "testing_manifest_with_validation.json"
    case summary = "manifest_summary.json"
    case training = "training_output_manifest.json"
    case test = "testing_output_manifest.json"
    case evaluation = "evaluation_results.json"
}

extension Workspace {
    /// The folder of the trainings of `project`.
    func trainings(of project: String) -> URL { self.project(project).appending(path: VersionShelf.trainings) }

    fileprivate func training(_ version: String, of project: String) -> URL {
        trainings(of: project).appending(path: "\(version)/training.json")
    }
}
