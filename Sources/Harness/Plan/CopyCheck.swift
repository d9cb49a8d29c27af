internal import Moderation

extension Experiment {
    /// Images that are the same bytes, with other labels or where the division may part them.
    func copyFindings(_ images: [(record: ImageRecord, digest: Digest, dataset: Int)]) -> [Finding] {
        let manifests = allDatasets.map(\.manifestName)
        var found: Set<Finding> = []
        return splits.flatMap { split in
            var copies = CopyFinder(allowingOtherUnits: split.allowedLeaks.contains(.exactCopies))
            return images.compactMap { image in
                copies.finding(
                    for: image.record, digest: image.digest,
                    unit: split.division.unit(of: image.record, dataset: image.dataset), file: manifests[image.dataset])
            }
        }.filter { found.insert($0).inserted }
    }
}
