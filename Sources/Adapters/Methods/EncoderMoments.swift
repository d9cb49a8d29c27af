internal import LinearAlgebra

/// Sums over the directions of one encoder's embeddings.
struct EncoderMoments {
    /// The training rows, `[rows x dimensions]`.
    private let features: Matrix
    /// Σ x·xᵀ of the training rows, plus that of the background about its mean.
    private let outerProducts: SymmetricMatrix
    /// Σ ‖x‖⁴ of the background about its mean.
    private let backgroundFourthMoment: Double
    private let backgroundCount: Int

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

    /// The discriminant of the rows outside `fold`, by class means and a covariance of their own.
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
