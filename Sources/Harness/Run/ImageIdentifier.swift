internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// Gives every image of an experiment the digest it is known by: the manifest's, or that of its bytes.
struct ImageIdentifier {
    let experiment: Experiment
    let jobs: Int
    let cancellation: Cancellation
    let report: @Sendable (RunEvent) -> Void

    /// The images, and those whose file cannot be read although the manifest declares no digest.
    func images() throws -> (usable: [SelectedImage], bad: [BadImage]) {
        let (usable, bad) = try identified(experiment.candidates)
        guard !usable.isEmpty else { throw RunError.noImages(reason: bad.first?.description ?? "none is selected") }
        return (usable, bad)
    }

    /// The images of the background, each once, without copies of the images `selected`; and those that cannot be read.
    func background(besides selected: [SelectedImage]) throws -> (usable: [SelectedImage], bad: [BadImage]) {
        let (usable, bad) = try identified(experiment.backgroundCandidates)
        var seen = Set(selected.map(\.digest))
        return (usable.filter { seen.insert($0.digest).inserted }, bad)
    }

    private func identified(
        _ candidates: [Experiment.Candidate]
    ) throws -> (usable: [SelectedImage], bad: [BadImage]) {
        let objections = try ImageFetch(
            experiment: experiment, cancellation: cancellation, report: report
        ).fetch(candidates)
        try experiment.checkBuilt(candidates.filter { $0.record.digest == nil && $0.source == nil })
        let results = Workers.map(candidates.count, jobs: jobs) { index -> Result<SelectedImage, BadImage>? in
            if let objection = objections[index] { return .failure(objection) }
            return cancellation.isRequested ? nil : identify(candidates[index])
        }
        try cancellation.check()
        var usable: [SelectedImage] = []
        var bad: [BadImage] = []
        for result in results {
            switch result {
            case .success(let image): usable.append(image)
            case .failure(let image): bad.append(image)
            case nil: break
            }
        }
        return (usable, bad)
    }

    private func identify(_ candidate: Experiment.Candidate) -> Result<SelectedImage, BadImage> {
        if let digest = candidate.record.digest { return .success(SelectedImage(candidate, digest: digest)) }
        do {
            let digest = Digest(of: try ImageFile.read(candidate.file))
            return .success(SelectedImage(candidate, digest: digest))
        } catch {
            return .failure(BadImage(path: candidate.record.path, reason: "\(error)"))
        }
    }
}

extension SelectedImage {
    fileprivate init(_ candidate: Experiment.Candidate, digest: Digest) {
        self.init(
            record: candidate.record, digest: digest, file: candidate.file, dataset: candidate.dataset)
    }
}
