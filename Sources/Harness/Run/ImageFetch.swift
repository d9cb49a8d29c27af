internal import Foundation
internal import Moderation
internal import ObjectStorage
internal import Synchronization

/// Makes the images of datasets in a storage files on this machine, before anybody looks at them.
struct ImageFetch {
    let experiment: Experiment
    let cancellation: Cancellation
    let report: @Sendable (RunEvent) -> Void

    /// Fetches those of `candidates` that are objects and have no fresh copy; answers with those that cannot be had, by
    /// index.
    ///
    /// - Throws: `RunError.unreadable` at the first that the storage does not answer about, `.interrupted`.
    func fetch(_ candidates: [Experiment.Candidate]) throws(RunError) -> [Int: BadImage] {
        var bad: [Int: BadImage] = [:]
        let datasets = experiment.allDatasets + (experiment.background?.datasets ?? [])
        for (dataset, images) in datasets.enumerated().compactMap({ index, file in file.images.map { (index, $0) } }) {
            let own = candidates.indices.filter { candidates[$0].dataset == dataset }
            let errors = try fetch(own.compactMap { candidates[$0].source }, through: images.mirror)
            for (index, error) in zip(own, errors) {
                bad[index] = error.map { BadImage(path: candidates[index].record.path, reason: "\($0)") }
            }
        }
        return bad
    }

    private func fetch(
        _ locations: [ObjectLocation], through mirror: ObjectMirror
    ) throws(RunError) -> [ObjectStorageError?] {
        guard !locations.isEmpty else { return [] }
        let progress = StageProgress(.fetching, total: locations.count, report: report)
        let errors = mirror.fetch(locations, isStopped: { cancellation.isRequested }, advance: progress.advance)
        try cancellation.check()
        for case .failed(let location, let reason)? in errors {
            throw .unreadable(path: "\(location)", reason: reason)
        }
        progress.end()
        return errors
    }
}
