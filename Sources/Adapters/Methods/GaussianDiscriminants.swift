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
    /// The directions of the embeddings, each encoder's by itself, `[rows x dimensions]`.
    let features: Matrix
    private let rows: Rows<Training>
    private let shrinkage: Shrinkage
    private let encoders: [EncoderMoments]

    init(_ rows: Rows<Training>, shrinkage: Shrinkage) {
        self.rows = rows
        self.shrinkage = shrinkage
        let shared = rows.images.memo.value("moments of directions") {
            let features = GaussianDiscriminants.directions(of: rows.embeddings, blocks: rows.blocks)
            let background = rows.images.background.map {
                GaussianDiscriminants.directions(of: $0, blocks: rows.blocks).divided(intoColumns: rows.blocks)
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

    /// The embeddings with every block scaled to length 1.
    private static func directions(of embeddings: Matrix, blocks: [Int]) -> Matrix {
        var storage: [Float] = []
        storage.reserveCapacity(embeddings.storage.count)
        for row in 0..<embeddings.rows {
            for block in embeddings.row(row).divided(into: blocks) {
                let length = squaredNorm(block).squareRoot()
                for value in block { storage.append(length > 0 ? Float(Double(value) / length) : 0) }
            }
        }
        return Matrix(rows: embeddings.rows, columns: embeddings.columns, storage: storage)
    }
}

/// Sums over the directions of one encoder's embeddings.
private struct EncoderMoments {
    /// The training rows, `[rows x dimensions]`.
    let features: Matrix
    /// Σ x·xᵀ of the training rows, plus that of the background about its mean.
    let outerProducts: SymmetricMatrix
    /// Σ ‖x‖⁴ of the background about its mean.
    let backgroundFourthMoment: Double
    let backgroundCount: Int

    init(_ features: Matrix, background: Matrix?) {
        self.features = features
        let own = EncoderMoments.outerProducts(of: features)
        guard let background, background.rows > 0 else {
            (outerProducts, backgroundFourthMoment, backgroundCount) = (own, 0, 0)
            return
        }
        let count = Double(background.rows)
        let mean = background.transposedTimes([Double](repeating: 1 / count, count: background.rows))
        outerProducts = own.adding(EncoderMoments.outerProducts(of: background), times: 1)
            .adding(outerProductOf: mean, times: -count)
        backgroundFourthMoment = (0..<background.rows).reduce(0) { $0 + background.fourthPower(ofRow: $1, about: mean) }
        backgroundCount = background.rows
    }

    func discriminant(
        truth: [Bool], without fold: [Int], shrinkage: Shrinkage
    ) throws(LinearAlgebraError) -> GaussianDiscriminant {
        let held = Set(fold)
        let classes = [true, false].map { side in truth.indices.filter { truth[$0] == side && !held.contains($0) } }
        let means = classes.map { mean(of: $0) }
        let factor = try covariance(of: classes, means: means, without: fold).factor(shrinkage)
        let coefficients = factor.solve(zip(means[0], means[1]).map { $0 - $1 })
        let middle = zip(means[0], means[1]).map { ($0 + $1) / 2 }
        return GaussianDiscriminant(
            coefficients: coefficients, intercept: -zip(middle, coefficients).map { $0 * $1 }.reduce(0, +))
    }

    private func covariance(of classes: [[Int]], means: [[Double]], without fold: [Int]) -> SharedCovariance {
        var scatter = outerProducts
        if !fold.isEmpty {
            scatter = scatter.adding(EncoderMoments.outerProducts(of: features.selecting(rows: fold)), times: -1)
        }
        var fourthMoment = backgroundFourthMoment
        for (members, mean) in zip(classes, means) {
            scatter = scatter.adding(outerProductOf: mean, times: -Double(members.count))
            fourthMoment = members.reduce(fourthMoment) { $0 + features.fourthPower(ofRow: $1, about: mean) }
        }
        return SharedCovariance(
            scatter: scatter, fourthMoment: fourthMoment, count: classes[0].count + classes[1].count + backgroundCount)
    }

    private func mean(of members: [Int]) -> [Double] {
        var weights = [Double](repeating: 0, count: features.rows)
        for row in members { weights[row] = 1 / Double(members.count) }
        return features.transposedTimes(weights)
    }

    private static func outerProducts(of matrix: Matrix) -> SymmetricMatrix {
        SymmetricMatrix(sumOfOuterProductsOf: matrix, weights: [Double](repeating: 1, count: matrix.rows))
    }
}

extension Matrix {
    /// ‖x - mean‖⁴ for the row x at `index`.
    fileprivate func fourthPower(ofRow index: Int, about mean: [Double]) -> Double {
        let squaredMean = mean.reduce(0) { $0 + $1 * $1 }
        let squared = squaredNorm(row(index)) - 2 * dotProduct(row(index), mean) + squaredMean
        return squared * squared
    }
}
