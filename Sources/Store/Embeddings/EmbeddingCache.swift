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

    /// Looks for the images `wanted`, reading only segments that have one of them.
    ///
    /// Every byte that is believed was checked. A damaged segment is set aside; its images are missing unless another
    /// segment has them too.
    public func load(_ wanted: [Digest]) throws(StoreError) -> Lookup {
        var search = Search(wanted, dimensions: dimensions, labels: labels.count)
        var damaged: [StoreError] = []
        for name in try folder.names() where name.hasSuffix(".h5") && !search.isOver {
            let path = folder.path(of: name)
            do throws(StoreError) {
                let file = try SealedFile(opening: path, as: .embeddings)
                guard search.wants(try Segment.index(of: file)) else { continue }
                search.take(try segment(file))
            } catch .damaged(let path, let reason) {
                damaged.append(.damaged(path: path, reason: reason))
                rename(path, path + ".damaged")
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

/// A search under way: rows are filled in as segments are read.
private struct Search {
    private let wanted: [Digest]
    private var open: [Digest: Int]
    private var embeddings: Matrix
    private var baseScores: Matrix

    init(_ wanted: [Digest], dimensions: Int, labels: Int) {
        var seen: Set<Digest> = []
        self.wanted = wanted.filter { seen.insert($0).inserted }
        open = Dictionary(uniqueKeysWithValues: zip(self.wanted, self.wanted.indices))
        embeddings = Matrix(rows: self.wanted.count, columns: dimensions)
        baseScores = Matrix(rows: self.wanted.count, columns: labels)
    }

    /// Whether every image was found.
    var isOver: Bool { open.isEmpty }

    /// Whether one of `images` is still to be found.
    func wants(_ images: [Digest]) -> Bool {
        images.contains { open[$0] != nil }
    }

    /// Takes the rows of the images still to be found.
    mutating func take(_ segment: CachedEmbeddings) {
        for (row, image) in segment.images.enumerated() {
            guard let place = open.removeValue(forKey: image) else { continue }
            embeddings.setRow(place, to: segment.embeddings.row(row))
            baseScores.setRow(place, to: segment.baseScores.row(row))
        }
    }

    var missing: [Digest] { wanted.filter { open[$0] != nil } }

    var found: CachedEmbeddings {
        let all = CachedEmbeddings(images: wanted, embeddings: embeddings, baseScores: baseScores)
        return isOver ? all : all.selecting(wanted.indices.filter { open[wanted[$0]] == nil })
    }
}

extension Matrix {
    fileprivate mutating func setRow(_ index: Int, to values: ArraySlice<Float>) {
        storage.replaceSubrange(index * columns..<(index + 1) * columns, with: values)
    }
}
