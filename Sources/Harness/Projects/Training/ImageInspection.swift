internal import BaseModel
internal import Evaluation
internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// Training and test images after each of them was looked at: what can be used, and what of the rest.
public struct ImageInspection: Sendable {
    /// The usable training images, with digests; copies and near duplicates share a group.
    public internal(set) var training: TrainingImages
    /// The usable test images, where there are such of their own.
    public internal(set) var test: TrainingImages?
    /// What is wrong with the others, in the order of manifests and lines.
    public internal(set) var faults: [Fault] = []

    /// An image that is not used.
    public struct Fault: Sendable, Equatable {
        /// Whether it is a test image.
        public let isTest: Bool
        /// Its line in its manifest.
        public let line: Int
        /// What kind of fault it is.
        public let kind: Kind
        /// One sentence.
        public let reason: String
    }

    /// Why an image is not used.
    public enum Kind: Sendable, Equatable {
        /// There is no such file, or it is no image.
        case unusable
        /// Another line has the same bytes, with other labels.
        case contradicted
        /// A test image is the same or hardly differs: to train on it would be to know the answer.
        case knownFromTest
    }
}

/// Looks at images before an adapter is trained on them; what is computed stays in the caches, for the run.
struct ImageInspector {
    let baseModel: BaseModelSource
    let workspace: Workspace
    let jobs: Int
    let cancellation: Cancellation

    func inspect(training: TrainingImages, test: TrainingImages?) throws -> ImageInspection {
        let sets = [training] + (test.map { [$0] } ?? [])
        var looks: [Look] = sets.enumerated().flatMap { set, images in
            identified(images, set: set)
        }
        try cancellation.check()
        try embed(&looks, sets)
        contradict(&looks)
        return inspection(looks, sets)
    }

    /// One image on its way.
    private struct Look {
        let set: Int
        var record: ImageRecord
        let digest: Digest?
        var fault: (kind: ImageInspection.Kind, reason: String)?

        func selected(in images: TrainingImages) -> SelectedImage? {
            guard fault == nil, let digest else { return nil }
            return SelectedImage(record: record, digest: digest, file: images.file(of: record), dataset: set)
        }
    }

    private func identified(_ images: TrainingImages, set: Int) -> [Look] {
        let results = Workers.map(images.records.count, jobs: jobs) { index -> Result<Digest, ImageFile.Failure>? in
            guard !cancellation.isRequested else { return nil }
            return Result { () throws(ImageFile.Failure) in
                Digest(of: try ImageFile.read(images.file(of: images.records[index])))
            }
        }
        return zip(images.records, results).compactMap { record, result in
            switch result {
            case .success(let digest):
                Look(set: set, record: record.with(digest: digest), digest: digest)
            case .failure(let failure):
                Look(set: set, record: record, digest: nil, fault: (.unusable, "\(failure)"))
            case nil: nil
            }
        }
    }

    /// Leaves out what cannot be decoded, joins the groups of what hardly differs, and keeps test images from being known.
    private func embed(_ looks: inout [Look], _ sets: [TrainingImages]) throws {
        let indices = looks.indices.filter { looks[$0].fault == nil }
        let images = indices.compactMap { looks[$0].selected(in: sets[looks[$0].set]) }
        guard !images.isEmpty else { return }
        let embedded = try Embedder(
            experiment: Experiment(
                selectingAllOf: sets[0].dataset(baseModel.description.taxonomy), baseModel: baseModel.description),
            workspace: workspace, platform: try Platform(workspace: workspace), jobs: jobs, cancellation: cancellation,
            report: { _ in }
        ).embed(images, keeping: true)
        let reasons = Dictionary(embedded.bad.map { ($0.path, $0.reason) }) { first, _ in first }
        for (index, image) in zip(indices, images) where !embedded.contains(image) {
            looks[index].fault = (.unusable, reasons[image.record.path] ?? "it cannot be decoded")
        }
        let usable = zip(indices, images).filter { embedded.contains($0.1) }
        let pairs = try pairs(usable.map(\.1), embedded).map { (usable[$0.first].0, usable[$0.second].0) }
        join(pairs, &looks)
    }

    /// The near duplicates, copies among them.
    private func pairs(_ images: [SelectedImage], _ embedded: EmbeddedImages) throws -> [NearDuplicate] {
        guard !images.isEmpty else { return [] }
        let fingerprints = try Fingerprinter(
            workspace: workspace, jobs: jobs, cancellation: cancellation, report: { _ in }
        ).fingerprints(of: images)
        return DuplicateSearch.confirmed(
            DuplicateSearch.candidates(fingerprints, units: Array(images.indices)),
            embeddings: embedded.plain.matrix(of: images))
    }

    private func join(_ pairs: [(Int, Int)], _ looks: inout [Look]) {
        var clusters = Clusters(count: looks.count)
        for (first, second) in pairs {
            if looks[first].set == looks[second].set {
                clusters.join(first, second)
            } else if looks[first].fault == nil {
                // Training images come first.
                looks[first].fault = (
                    .knownFromTest,
                    "line \(looks[second].record.line) of the test manifest is the same or hardly differs"
                )
            }
        }
        for set in clusters.sets {
            // No path, so that an image is never taken to be alone in its group.
            let group = "near duplicates of \(looks[set[0]].record.path)"
            for index in set { looks[index].record = looks[index].record.with(group: group) }
        }
    }

    /// Of the same bytes with other labels, the first counts.
    private func contradict(_ looks: inout [Look]) {
        var first: [String: ImageRecord] = [:]
        for index in looks.indices where looks[index].fault == nil {
            let look = looks[index]
            guard let digest = look.digest else { continue }
            let key = "\(look.set) \(digest)"
            guard let earlier = first[key] else {
                first[key] = look.record
                continue
            }
            guard !look.record.annotation.agrees(with: earlier.annotation) else { continue }
            looks[index].fault = (.contradicted, "line \(earlier.line) has the same image, with other labels")
        }
    }

    private func inspection(_ looks: [Look], _ sets: [TrainingImages]) -> ImageInspection {
        let usable = sets.enumerated().map { set, images in
            TrainingImages(
                name: images.name, folder: images.folder,
                records: looks.filter { $0.set == set && $0.fault == nil }.map(\.record))
        }
        return ImageInspection(
            training: usable[0], test: usable.count > 1 ? usable[1] : nil,
            faults: looks.compactMap { look in
                look.fault.map {
                    .init(isTest: look.set == 1, line: look.record.line, kind: $0.kind, reason: $0.reason)
                }
            })
    }
}
