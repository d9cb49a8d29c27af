internal import Moderation

extension Experiment {
    /// Images that are the same bytes, with other labels or where the division may part them.
    func copyFindings(_ images: [(record: ImageRecord, digest: Digest, dataset: Int)]) -> [Finding] {
        var copies = CopyFinder(allowingOtherUnits: allowedLeaks.contains(.exactCopies))
        let manifests = allDatasets.map { TextFile.name(of: $0.manifest) }
        return images.compactMap { image in
            copies.finding(
                for: image.record, digest: image.digest, unit: unit(of: image.record, dataset: image.dataset),
                file: manifests[image.dataset])
        }
    }

    /// What the division keeps together.
    func unit(of record: ImageRecord, dataset: Int) -> String {
        switch division {
        case .random(let description): description.unit(of: record)
        case .separate: "\(dataset)/\(record.group)"
        }
    }
}
