import LinearAlgebra
import Moderation

@testable import Adapters

let label = Label(path: ["Alcohol"])

/// The threshold at 50 percent: a logit of 0.
let half = Threshold(confidence: 50)

/// Training rows with a signal in the embedding that the base score has only in part.
///
/// Every third row is positive, groups have up to three rows and some have both classes, and the base is off by a logit.
func sampleRows(count: Int = 60, dimensions: Int = 20, seed: UInt64 = 1) -> Rows<Training> {
    var stream = RandomStream(Seed(seed).derive("rows"))
    var embeddings = Matrix(rows: count, columns: dimensions)
    var baseScores: [Float] = []
    let truth = (0..<count).map { $0 % 3 == 0 }
    for row in 0..<count {
        for column in 0..<dimensions { embeddings[row, column] = Float(stream.unit()) }
        if truth[row] { embeddings[row, row % 3] += 0.7 }
        baseScores.append(Float(4 * stream.unit() - (truth[row] ? 2 : 4)))
    }
    let groups = (0..<count).map { $0 < count / 3 ? $0 / 3 : $0 / 2 + count }
    return Rows(
        label: label, images: EmbeddingSet(embeddings: embeddings, groups: groups), baseScores: baseScores, truth: truth
    )
}

extension Rows {
    /// The rows with some of their parts replaced.
    func replacing(
        embeddings: Matrix? = nil, baseScores: [Float]? = nil, truth: [Bool]? = nil, groups: [Int]? = nil,
        blocks: [Int]? = nil, background: Matrix? = nil
    ) -> Rows {
        Rows(
            label: label,
            images: EmbeddingSet(
                embeddings: embeddings ?? self.embeddings, groups: groups ?? self.groups,
                blocks: blocks ?? (embeddings == nil ? self.blocks : nil),
                background: background ?? images.background),
            baseScores: baseScores ?? self.baseScores, truth: truth ?? self.truth)
    }
}

/// What an oracle needs of training rows; in `Double`, whose decimals it reads back without rounding.
struct OracleRows: Encodable {
    let embeddings: [[Double]]
    let baseScores: [Double]
    let truth: [Bool]
    let groups: [Int]
    let strengths: [Double]

    init(_ rows: Rows<Training>, strengths: [Double] = []) {
        embeddings = (0..<rows.count).map { rows.embeddings.row($0).map(Double.init) }
        baseScores = rows.baseScores.map(Double.init)
        truth = rows.truth
        groups = rows.groups
        self.strengths = strengths
    }

    /// Python that names the parts, and the features as documented, rounded to single precision as they are here.
    static let prelude = """
        import numpy as np
        e, z = np.array(input["embeddings"]), np.array(input["baseScores"])
        y, groups = np.array(input["truth"]), np.array(input["groups"])
        x = (10 * e / np.linalg.norm(e, axis=1, keepdims=True)).astype(np.float32).astype(float)
        x = np.hstack([x, z[:, None]])
        w = np.where(y, len(y) / (2 * y.sum()), len(y) / (2 * (~y).sum()))

        """
}

/// The largest difference between elements at the same place, over the largest element of `expected`.
func relativeDifference(_ found: [Double], _ expected: [Double]) -> Double {
    guard found.count == expected.count else { return .infinity }
    let size = expected.map { abs($0) }.max() ?? 1
    return (zip(found, expected).map { abs($0 - $1) }.max() ?? 0) / size
}

extension Objective {
    /// An objective of each sort that guarantees nothing.
    static let allCases: [Objective] = [
        .falseNegatives, .falsePositives, .errors, .leastCost(falseNegative: 5, falsePositive: 1),
        .fewest(.falseNegatives, holding: .notAboveBase(margin: 0.25)),
        .fewest(.falsePositives, holding: .notAboveBase(margin: 0.4)),
    ]

    /// Whether `errors` keep what is held of the base's: for objectives without a guarantee.
    func allows(_ errors: ErrorCounts, base: ErrorCounts) -> Bool {
        guard let held, let budget = budget(base: base, positives: 0, negatives: 0) else { return true }
        return errors[held] <= budget
    }
}

extension Rows where P == Training {
    /// The same rows, their embeddings fetched from elsewhere when they are needed, and standing there in another order.
    func stored(threads: Int = 1) -> Rows<Training> {
        let embeddings = embeddings
        let last = count - 1
        let stored = EmbeddingRows(count: count, dimensions: embeddings.columns) { indices in
            embeddings.selecting(rows: indices.map { last - $0 })
        }
        return Rows(
            label: label,
            images: EmbeddingSet(
                stored, at: (0..<count).map { last - $0 }, groups: groups, blocks: blocks, threads: threads),
            baseScores: baseScores, truth: truth)
    }
}
