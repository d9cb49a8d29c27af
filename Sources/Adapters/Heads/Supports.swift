internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// The training images that a kernel head compares an image with.
final class Supports: Sendable, Equatable {
    /// What an embedding becomes before it is compared.
    let map: FeatureMap
    /// The features of the training images, `[images x dimensions]`.
    let features: Matrix
    /// Which of the label's training images they are, counted from 0.
    let rows: [Int]

    /// The images of `set`.
    convenience init(_ set: EmbeddingSet<Training>, map: FeatureMap) {
        self.init(set.embeddings, rows: set.rows, map: map)
    }

    init(_ embeddings: Matrix, rows: [Int], map: FeatureMap) {
        self.map = map
        self.rows = rows
        features = map.features(of: embeddings)
    }

    /// Number of training images.
    var count: Int { features.rows }

    /// k(x, s) = exp(-gamma · (2 - 2c)) of every row x of `embeddings` and every support s, whose features have the cosine c:
    /// row after row. Of vectors of length 1, that is exp(-gamma · ‖x - s‖²).
    func kernel(of embeddings: Matrix, gamma: Double) -> [Double] {
        map.features(of: embeddings).innerProducts(with: features).map { Supports.kernel($0, gamma: gamma) }
    }

    /// The kernel of the supports with one another; their cosines, which no gamma changes, are kept in `memo`.
    func gram(gamma: Double, memo: Memo) -> SymmetricMatrix {
        let cosines = memo.value("cosines of \(map.mean == nil ? "directions" : "centred roots")") {
            SymmetricMatrix(gramOf: features)
        }
        return cosines.mapping { Supports.kernel($0, gamma: gamma) }
    }

    private static func kernel(_ cosine: Double, gamma: Double) -> Double { exp(gamma * (2 * cosine - 2)) }

    static func == (left: Supports, right: Supports) -> Bool {
        left === right || (left.map == right.map && left.rows == right.rows && left.features == right.features)
    }
}
