internal import LinearAlgebra
internal import Moderation

/// The log ratio f·u + c of two Gaussians, for the direction f of an embedding.
struct GaussianDiscriminant {
    /// u, one per dimension.
    let coefficients: [Double]
    /// c.
    let intercept: Double

    func logRatio(_ features: ArraySlice<Float>) -> Double { dotProduct(features, coefficients) + intercept }
}

/// The Gaussian discriminants of training rows, and of the rows outside a fold.
///
/// What does not depend on the label, the sums of outer products, is shared by the labels of the same images; what leaving
/// out a fold and centring on class means change is subtracted.
struct GaussianDiscriminants {
    /// The directions of the embeddings, `[rows x dimensions]`.
    let features: Matrix
    private let rows: Rows<Training>
    private let shrinkage: Shrinkage
    private let encoders: [EncoderMoments]

    init(_ rows: Rows<Training>, shrinkage: Shrinkage) {
        self.rows = rows
        self.shrinkage = shrinkage
        let shared = rows.images.memo.value("moments of directions") {
            let map = FeatureMap(directionsOf: rows.blocks)
            let features = map.features(of: rows.embeddings)
            let background = rows.images.background.map {
                map.features(of: $0).divided(intoColumns: rows.blocks)
            }
            let encoders = features.divided(intoColumns: rows.blocks).enumerated().map { index, features in
                EncoderMoments(features, background: background?[index])
            }
            return (features: features, encoders: encoders)
        }
        features = shared.features
        encoders = shared.encoders
    }

    /// The discriminant of the rows outside `fold`.
    func discriminant(without fold: [Int]) throws(AdapterError) -> GaussianDiscriminant {
        var (coefficients, intercept): ([Double], Double) = ([], 0)
        for encoder in encoders {
            let part = try solving(rows.label) { () throws(LinearAlgebraError) in
                try encoder.discriminant(truth: rows.truth, without: fold, shrinkage: shrinkage)
            }
            coefficients += part.coefficients.map { $0 / Double(encoders.count) }
            intercept += part.intercept / Double(encoders.count)
        }
        return GaussianDiscriminant(coefficients: coefficients, intercept: intercept)
    }
}
