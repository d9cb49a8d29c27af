internal import Moderation

extension Experiment {
    /// Images that are the same bytes, with other labels or where the division may part them.
    func copyFindings(_ images: [(record: ImageRecord, digest: Digest, dataset: Int)]) -> [Finding] {
        let manifests = allDatasets.map { TextFile.name(of: $0.manifest) }
        var found: Set<Finding> = []
        return splits.flatMap { split in
            var copies = CopyFinder()
            return images.compactMap { image in
                copies.finding(
                    for: image.record, digest: image.digest,
                    unit: split.division.unit(of: image.record, dataset: image.dataset), file: manifests[image.dataset])
            }
        }.filter { found.insert($0).inserted }
    }
}

extension Experiment.Division {
    /// What the division keeps together.
    fileprivate func unit(of record: ImageRecord, dataset: Int) -> String {
        switch self {
        case .random(let description): description.unit(of: record)
        case .separate: "\(dataset)/\(record.group)"
        }
    }
}
