internal import Adapters
public import BaseModel
internal import Foundation
internal import LinearAlgebra
public import Moderation

/// Looks for what makes a dataset unfit to judge adapters by.
public struct Linter: Sendable {
    private let experiment: Experiment
    private let labels: [Label]
    private let workspace: Workspace
    private let jobs: Int
    private let cancellation: Cancellation
    private let report: @Sendable (RunEvent) -> Void

    /// A linter of `dataset`, whose images are embedded by `baseModel`.
    ///
    /// - Parameter labels: the labels asked about; none for all that are present somewhere.
    public init(
        _ dataset: DatasetFile, baseModel: BaseModelDescription, labels: [Label] = [], workspace: Workspace,
        cancellation: Cancellation = Cancellation(), report: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        experiment = Experiment(selectingAllOf: dataset, baseModel: baseModel)
        self.labels = labels
        self.workspace = workspace
        jobs = Workers.standardCount
        self.cancellation = cancellation
        self.report = report
    }

    /// Looks at every image; embeddings and fingerprints are kept for the runs to come.
    public func lint() throws -> LintReport {
        let dataset = experiment.datasets[0].dataset
        let (subject, bad) = try subject()
        let labels =
            labels.isEmpty
            ? LintLabel.all(in: subject.records, taxonomy: dataset.taxonomy)
            : labels.map { LintLabel($0, in: subject.records) }
        let noise = labels.map { subject.noiseFindings($0, taxonomy: dataset.taxonomy) }
        try cancellation.check()
        let findings: [[LintFinding]] = [
            subject.copyFindings, subject.nearDuplicateFindings, subject.conflictFindings,
            subject.unannotatedFindings(labels), subject.shortcutFindings(labels), subject.oddFindings(bad: bad),
            noise.flatMap(\.findings),
        ]
        return LintReport(
            dataset: dataset.name, imageCount: subject.images.count + bad.count, findings: findings.flatMap { $0 },
            notes: noise.compactMap(\.note), grouped: subject.grouped(dataset.records))
    }

    private func subject() throws -> (LintSubject, bad: [BadImage]) {
        let platform = try Platform(workspace: workspace)
        let identified = try ImageIdentifier(
            experiment: experiment, jobs: jobs, cancellation: cancellation, report: report
        ).images()
        let embedded = try Embedder(
            experiment: experiment, workspace: workspace, platform: platform, jobs: jobs, cancellation: cancellation,
            report: report
        ).embed(identified.usable, keeping: true)
        let fingerprints = try Fingerprinter(
            workspace: workspace, jobs: jobs, cancellation: cancellation, report: report
        ).fingerprints(of: identified.usable)
        let complete = zip(identified.usable, fingerprints).compactMap { image, fingerprint in
            !embedded.contains(image) ? nil : fingerprint.map { (image: image, fingerprint: $0) }
        }
        let subject = LintSubject(
            images: complete.map(\.image), fingerprints: complete.map(\.fingerprint), embedded: embedded)
        return (subject, (identified.bad + embedded.bad).sorted { $0.path < $1.path })
    }
}

extension Experiment {
    /// Every image of `dataset`, and nothing to compare.
    init(selectingAllOf dataset: DatasetFile, baseModel: BaseModelDescription) {
        let halves = SplitDescription(training: 0.5, test: 0.5, unit: .group, repeats: 1, seed: 0)
        let split = Experiment.SplitEntry(
            name: "group", division: .random(halves), trainingSizes: [.all], allowedLeaks: [])
        let file = dataset.manifestName
        self.init(
            name: dataset.dataset.name, project: "lint", head: "", file: file, location: dataset.manifest,
            baseModel: baseModel, datasets: [dataset], selection: ImageSelection(), background: nil, labels: [],
            splits: [split], threshold: Threshold(confidence: 50), objective: .errors,
            adapters: [], gate: [], onBadImage: .skip, reportOptions: .none, splitPlace: Place(file: file, line: 0),
            warnings: [])
    }
}

extension LintSubject {
    /// All `records`, with the groups of copies and near duplicates joined.
    fileprivate func grouped(_ records: [ImageRecord]) -> Manifest {
        let groups = Dictionary(zip(images.map(\.record.path), joinedGroups)) { first, _ in first }
        return Manifest(
            records: records.map { record in
                ImageRecord(
                    path: record.path, digest: record.digest, annotation: record.annotation,
                    group: groups[record.path] ?? record.group, source: record.source, tags: record.tags,
                    line: record.line)
            })
    }
}
