public import Foundation
public import Moderation

/// An image an experiment uses, with the digest it is known by.
public struct SelectedImage: Sendable {
    /// Its record in the manifest; with several datasets the path begins with the dataset's name.
    public let record: ImageRecord
    /// The digest of the file's bytes.
    public let digest: Digest
    /// The file.
    public let file: URL
    /// Whether it comes from the separate test dataset.
    public let isTestOnly: Bool
}

extension Experiment {
    /// An image before its digest is known.
    struct Candidate: Sendable {
        let record: ImageRecord
        let file: URL
        let dataset: DatasetFile
        let isTestOnly: Bool
    }

    /// The images of all datasets that fit `images`, in the order of datasets and lines.
    var candidates: [Candidate] {
        var sources = datasets.map { (dataset: $0, isTestOnly: false) }
        if case .separate(let test, _) = division { sources.append((test, true)) }
        return sources.flatMap { source in
            selected(from: source.dataset).map { record in
                Candidate(
                    record: sources.count > 1 ? record.prefixed(by: source.dataset.dataset.name) : record,
                    file: source.dataset.folder.appending(path: record.path), dataset: source.dataset,
                    isTestOnly: source.isTestOnly)
            }
        }
    }
}

extension ImageRecord {
    /// The record with its dataset's name before its path: paths of several datasets may be equal.
    fileprivate func prefixed(by dataset: String) -> ImageRecord {
        ImageRecord(
            path: "\(dataset)/\(path)", digest: digest, annotation: annotation, group: group, source: source,
            tags: tags,
            line: line)
    }
}
