internal import Foundation
internal import Moderation

/// Gives every image of an experiment the digest it is known by: the manifest's, or that of its bytes.
struct ImageIdentifier {
    let experiment: Experiment
    let jobs: Int
    let cancellation: Cancellation

    /// The images, and those whose file cannot be read although the manifest declares no digest.
    ///
    /// - Throws: `Findings` for images that are the same bytes with other labels or in other groups.
    func images() throws -> (usable: [SelectedImage], bad: [BadImage]) {
        let candidates = experiment.candidates
        let results = Workers.map(candidates.count, jobs: jobs) { index -> Result<SelectedImage, BadImage> in
            identify(candidates[index])
        }
        try cancellation.check()
        var usable: [SelectedImage] = []
        var bad: [BadImage] = []
        for result in results {
            switch result {
            case .success(let image): usable.append(image)
            case .failure(let image): bad.append(image)
            }
        }
        guard !usable.isEmpty else { throw RunError.noImages(reason: bad.first?.description ?? "none is selected") }
        try checkCopies(usable)
        return (usable, bad)
    }

    /// Where a manifest declares no digests, only the bytes tell that an image stands there twice.
    private func checkCopies(_ images: [SelectedImage]) throws(Findings) {
        var copies = CopyFinder()
        let manifests = experiment.allDatasets.map { TextFile.name(of: $0.manifest) }
        let findings = images.compactMap { image in
            copies.finding(
                for: image.record, digest: image.digest, unit: "\(image.dataset)/\(image.record.group)",
                file: manifests[image.dataset])
        }
        guard findings.isEmpty else { throw Findings(findings) }
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
