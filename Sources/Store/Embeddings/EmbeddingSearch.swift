internal import LinearAlgebra
internal import Moderation

/// A search under way: rows are filled in as segments are read.
struct EmbeddingSearch {
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
