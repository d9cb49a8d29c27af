internal import Evaluation
internal import Foundation
internal import Moderation

/// The images of a trial as files: its record knows them by digest, and by a path in a dataset.
struct LocatedImages: Sendable {
    /// The nearest folder that holds the folders of all datasets.
    let folder: URL
    /// The names of the datasets.
    let datasets: [String]
    /// Of each image of the record, in order, the path from `folder`, and the source.
    let images: [(path: String, source: String?)]

    init(folder: URL, datasets: [String], images: [(path: String, source: String?)]) {
        self.folder = folder
        self.datasets = datasets
        self.images = images
    }

    /// Finds the images of `trial` in the first of `searches` that answers with datasets that have all of them.
    ///
    /// Where several datasets have all of them, as a part of another one has, it is the smallest.
    init(of trial: TrialRecord, in searches: [() -> [DatasetFile]]) throws(ProjectError) {
        var best: (found: Int, name: String?) = (0, nil)
        for search in searches {
            let datasets = search().map(IndexedDataset.init).sorted { $0.count < $1.count }
            for dataset in datasets {
                let found = trial.images.compactMap { dataset.image($0.path, digest: $0.digest) }
                if found.count == trial.images.count {
                    self.init(found)
                    return
                }
                if found.count > best.found { best = (found.count, dataset.file.dataset.name) }
            }
            let found = trial.images.compactMap { Self.find($0, inOneOf: datasets) }
            if found.count == trial.images.count {
                self.init(found)
                return
            }
        }
        throw .imagesNotFound(
            trial: trial.id.short, total: trial.images.count, found: best.found, dataset: best.name)
    }

    private init(_ found: [FoundImage]) {
        let folders = Set(found.map(\.folder))
        let common = Self.commonFolder(of: folders.sorted())
        var seen: Set<String> = []
        self.init(
            folder: URL(filePath: common), datasets: found.map(\.dataset).filter { seen.insert($0).inserted },
            images: found.map { image in
                let below = image.folder.dropFirst(common.count).drop { $0 == "/" }
                return (below.isEmpty ? image.record.path : "\(below)/\(image.record.path)", image.record.source)
            })
    }

    /// Where a trial has several datasets, their names stand before the paths.
    private static func find(
        _ image: TrialRecord.ImageEntry, inOneOf datasets: [IndexedDataset]
    ) -> FoundImage? {
        let parts = image.path.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return datasets.lazy.filter { $0.file.dataset.name == parts[0] }
            .compactMap { $0.image(String(parts[1]), digest: image.digest) }.first
    }

    /// The nearest folder that is one of `folders` or above it, for all of them.
    private static func commonFolder(of folders: [String]) -> String {
        guard var common = folders.first else { return "/" }
        while !folders.allSatisfy({ $0 == common || $0.hasPrefix(common == "/" ? "/" : common + "/") }) {
            common = URL(filePath: common).deletingLastPathComponent().path
        }
        return common
    }
}

/// An image of a trial, and where it was found.
private struct FoundImage {
    let dataset: String
    /// The path of the folder that the record's path starts from.
    let folder: String
    let record: ImageRecord
}

/// A dataset by the paths of its images.
private struct IndexedDataset {
    let file: DatasetFile
    private let records: [String: ImageRecord]

    /// Number of its images.
    var count: Int { records.count }

    init(_ file: DatasetFile) {
        self.file = file
        records = Dictionary(file.dataset.records.map { ($0.path, $0) }) { first, _ in first }
    }

    /// The image at `path`, if it has one there with the bytes of `digest`; where the manifest does not say, the file does.
    func image(_ path: String, digest: Digest) -> FoundImage? {
        guard let record = records[path] else { return nil }
        let own = record.digest ?? (try? ImageFile.read(file.folder.appending(path: path))).map { Digest(of: $0) }
        guard own == digest else { return nil }
        return FoundImage(dataset: file.dataset.name, folder: file.folder.standardizedFileURL.path, record: record)
    }
}
