public import Foundation
public import Moderation
internal import ObjectStorage

/// An image an experiment uses, with the digest it is known by.
public struct SelectedImage: Sendable {
    /// Its record in the manifest; with several datasets the path begins with the dataset's name.
    public let record: ImageRecord
    /// The digest of the file's bytes.
    public let digest: Digest
    /// The file.
    public let file: URL
    /// Index of its dataset among the experiment's: the separate test dataset, if there is one, is the last.
    public let dataset: Int
}

extension Experiment {
    /// An image before its digest is known.
    struct Candidate: Sendable {
        let record: ImageRecord
        let file: URL
        let dataset: Int
        /// The object that the file is a copy of, where the dataset is in a storage.
        var source: ObjectLocation?
    }

    /// The images of all datasets that fit `images`, in the order of datasets and lines.
    var candidates: [Candidate] {
        let sources = allDatasets
        return sources.enumerated().flatMap { index, source in
            selected(from: source).map { record in
                Candidate(
                    record: sources.count > 1 ? record.prefixed(by: source.dataset.name) : record,
                    file: source.folder.appending(path: record.path), dataset: index,
                    source: source.images?.location(of: record.path))
            }
        }
    }
}

extension ImageRecord {
    /// The record with its dataset's name before its path: paths of several datasets may be equal. An image that is a
    /// group by itself stays one.
    fileprivate func prefixed(by dataset: String) -> ImageRecord {
        let prefixedPath = "\(dataset)/\(path)"
        return ImageRecord(
            path: prefixedPath, digest: digest, annotation: annotation, group: isAlone ? prefixedPath : group,
            source: source, tags: tags, line: line)
    }
}
