internal import Foundation
internal import LinearAlgebra
internal import Moderation
internal import Store

/// Embeddings as a network might give them, made up by a seed: as many as are wanted, of one label.
///
/// Images come in groups of one to five that look alike, one group in five with the label. Where it is present, an embedding
/// is moved a little along one direction, and the base score, which errs about one image in six, somewhat upwards.
struct MadeUpEmbeddings {
    let dimensions: Int
    /// The group of each image, ascending.
    let groups: [Int]
    /// Whether the label is present in each image: in all of a group or in none.
    let truth: [Bool]
    /// Logits.
    let baseScores: [Float]
    /// Whether each image is trained on; whole groups are.
    let isTraining: [Bool]

    private static let seed = Seed(20).derive("made up")
    private let direction: [Float]

    init(count: Int, dimensions: Int) {
        var stream = RandomStream(Self.seed)
        direction = (0..<dimensions).map { _ in Float(0.03 * (stream.unit() - 0.5)) }
        var (groups, truth, isTraining): ([Int], [Bool], [Bool]) = ([], [], [])
        while groups.count < count {
            let size = min(1 + stream.integer(below: 5), count - groups.count)
            let number = (groups.last ?? -1) + 1
            groups += Array(repeating: number, count: size)
            truth += Array(repeating: stream.unit() < 0.2, count: size)
            isTraining += Array(repeating: stream.unit() < 0.5, count: size)
        }
        // The sum of two uniform numbers: a triangle 6 logits wide.
        baseScores = truth.map { Float(3 * (stream.unit() + stream.unit()) - ($0 ? 1.5 : 4.5)) }
        self.dimensions = dimensions
        self.groups = groups
        self.truth = truth
        self.isTraining = isTraining
    }

    var count: Int { groups.count }

    /// The embeddings of `images`, `[images x dimensions]`: not negative, some dimensions much larger than others.
    func matrix(of images: Range<Int>) -> Matrix {
        var matrix = Matrix(rows: images.count, columns: dimensions)
        var likeness: (group: Int, values: [Float]) = (-1, [])
        for (row, image) in images.enumerated() {
            if groups[image] != likeness.group { likeness = (groups[image], values(Self.seed.derive(groups[image]))) }
            let own = values(Self.seed.derive("image").derive(image))
            for column in 0..<dimensions {
                let value = 0.5 * (likeness.values[column] + own[column]) + (truth[image] ? direction[column] : 0)
                matrix[row, column] = max(0, value + 0.1) / (1 + Float(column) / 40).squareRoot()
            }
        }
        return matrix
    }

    private func values(_ seed: Seed) -> [Float] {
        var stream = RandomStream(seed)
        return (0..<dimensions).map { _ in Float(stream.unit()) }
    }

    /// Writes all there is to `folder`, each array a file of its own that NumPy maps as it is.
    func write(to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try EmbeddingFile.write(to: Self.file(in: folder), count: count, dimensions: dimensions, part: matrix)
        try baseScores.withUnsafeBytes { Data($0) }.write(to: folder.appending(path: "base_scores.f32"))
        try groups.withUnsafeBytes { Data($0) }.write(to: folder.appending(path: "groups.i64"))
        try Data(truth.map { $0 ? 1 : 0 }).write(to: folder.appending(path: "truth.u8"))
        try Data(isTraining.map { $0 ? 1 : 0 }).write(to: folder.appending(path: "training.u8"))
    }

    static func file(in folder: URL) -> URL { folder.appending(path: "embeddings.f32") }

    /// The images of one part, which are fetched from `stored`.
    func rows<P>(_ stored: EmbeddingRows, label: Label, isTraining wanted: Bool, threads: Int) -> Rows<P> {
        let images = groups.indices.filter { isTraining[$0] == wanted }
        return Rows(
            label: label,
            images: EmbeddingSet(stored, at: images, groups: images.map { groups[$0] }, threads: threads),
            baseScores: images.map { baseScores[$0] }, truth: images.map { truth[$0] })
    }
}
