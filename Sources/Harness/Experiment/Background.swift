internal import Foundation
internal import Moderation

/// Which images say what images are like, for means and covariances, and nothing of labels: safe ones are cheap, and
/// unlabelled ones cheaper.
public struct Background: Sendable {
    /// Where they come from.
    public let datasets: [DatasetFile]
    /// Which of their images are used.
    public let selection: ImageSelection

    public init(datasets: [DatasetFile], selection: ImageSelection) {
        self.datasets = datasets
        self.selection = selection
    }
}

extension Experiment {
    /// The images that fit `background`, but for those selected, their copies, and all of a group that has a selected image:
    /// an object that is tested is not looked at before, in whatever image that the manifests count as one of it.
    ///
    /// Copies whose digest no manifest declares are looked at when images are identified.
    var backgroundCandidates: [Candidate] {
        guard let background else { return [] }
        let selected = candidates.map(\.record)
        let groups = Set(selected.map(\.group))
        let digests = Set(selected.compactMap(\.digest))
        return background.datasets.enumerated().flatMap { index, source in
            source.dataset.records.filter { record in
                background.selection.includes(record) && !groups.contains(record.group)
                    && record.digest.map(digests.contains) != true
            }.map { record in
                Candidate(
                    record: record, file: source.folder.appending(path: record.path),
                    dataset: allDatasets.count + index, source: source.images?.location(of: record.path))
            }
        }
    }
}
