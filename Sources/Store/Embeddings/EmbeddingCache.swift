public import Foundation
internal import LinearAlgebra
public import Moderation

/// Embeddings and base scores of images, kept so that the frozen network sees each image once.
///
/// `embeddings/<base model>/<digest>.h5` are segments of up to 512 images, immutable, each named after its content. Any
/// number of threads and processes may load and append at once; an image appended twice is kept twice and costs space.
public struct EmbeddingCache: Sendable {
    /// The base model whose outputs these are.
    public let baseModel: Digest
    /// Length of an embedding.
    public let dimensions: Int
    /// The labels of the base scores' columns.
    public let labels: [Label]

    private let folder: Folder

    /// What a look into the cache found.
    public struct Lookup: Sendable {
        /// The images found, each once, in the order in which they were wanted.
        public let found: CachedEmbeddings
        /// The images to be computed, each once, in the order in which they were wanted.
        public let missing: [Digest]
        /// What was wrong with segments that are set aside (renamed to `.damaged`) and no longer read.
        public let damaged: [StoreError]
    }

    /// The cache in `folder`, made when first written to; what dead writers left behind is removed.
    ///
    /// `baseModel` is the digest of all that determines embeddings and base scores, `labels` and `dimensions` included.
    public init(folder: URL, baseModel: Digest, dimensions: Int, labels: [Label]) throws(StoreError) {
        self.baseModel = baseModel
        self.dimensions = dimensions
        self.labels = labels
        let place = folder.appending(path: "embeddings").appending(path: baseModel.description)
        self.folder = Folder(path: place.path)
        try AtomicFile.sweep(place)
    }

    /// Stands for the work of computing what is missing, for a `WorkLock`.
    public var lockFile: URL { URL(filePath: folder.path(of: "work.lock")) }

    /// Looks for the images `wanted`, reading only segments that have one of them.
    ///
    /// Every byte that is believed was checked. A damaged segment is set aside; its images are missing unless another
    /// segment has them too.
    ///
    /// - Parameter isSettingAside: whether damaged segments are renamed; without that nothing on disk changes.
    public func load(_ wanted: [Digest], settingAside isSettingAside: Bool = true) throws(StoreError) -> Lookup {
        var search = EmbeddingSearch(wanted, dimensions: dimensions, labels: labels.count)
        var damaged: [StoreError] = []
        for name in try folder.names() where name.hasSuffix(".h5") && !search.isOver {
            let path = folder.path(of: name)
            do throws(StoreError) {
                let file = try SealedFile(opening: path, as: .embeddings)
                guard search.wants(try Segment.index(of: file)) else { continue }
                search.take(try segment(file))
            } catch .damaged(let path, let reason) {
                damaged.append(.damaged(path: path, reason: reason))
                if isSettingAside { rename(path, path + ".damaged") }
            } catch .missing {
                continue  // another process has set it aside
            }
        }
        return Lookup(found: search.found, missing: search.missing, damaged: damaged)
    }

    /// Adds images; their order and how they are cut into segments do not matter to `load`.
    public func append(_ images: CachedEmbeddings) throws(StoreError) {
        precondition(
            images.embeddings.columns == dimensions && images.baseScores.columns == labels.count,
            "\(images.embeddings.columns) dimensions and \(images.baseScores.columns) labels in a cache of \(dimensions)"
                + " and \(labels.count)")
        for start in stride(from: 0, to: images.images.count, by: Segment.capacity) {
            try appendSegment(images.selecting(Array(start..<min(start + Segment.capacity, images.images.count))))
        }
    }

    private func appendSegment(_ images: CachedEmbeddings) throws(StoreError) {
        let content = try Segment.encode(images, baseModel: baseModel, labels: labels, path: folder.path)
        let path = folder.path(of: "\(content.digest).h5")
        let bytes = try content.sealed(as: .embeddings, index: images.images.flatMap(\.bytes), path: path)
        try AtomicFile.write(bytes, to: URL(filePath: path))
    }

    private func segment(_ file: borrowing SealedFile) throws(StoreError) -> CachedEmbeddings {
        let reader = ContentReader(content: try file.content(), path: file.path)
        return try Segment.decode(reader, baseModel: baseModel, labels: labels, dimensions: dimensions)
    }
}
