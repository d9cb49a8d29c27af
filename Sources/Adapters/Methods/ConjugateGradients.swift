internal import LinearAlgebra

/// The Newton step of a logistic regression, by conjugate gradients (Hestenes and Stiefel 1952) on the coefficients,
/// written in one number per row.
///
/// With K the rows' inner products and H the second derivatives in the margins, coefficients u = X̄ᵀ·δ solve
/// (I + X̄ᵀ·H̃·X̄)·u = X̄ᵀ·ρ where (I + H̃·K)·δ = ρ. Here H̃ = H - H·1·1ᵀ·H/(1ᵀ·H·1) is what is left of H where the intercept
/// follows. Inner products of coefficients are those of K, so each iteration takes one product, K·residual.
struct ConjugateGradients {
    /// The δ found so far.
    private(set) var solution: [Double]
    /// K·δ.
    private(set) var image: [Double]
    /// ρ - (I + H̃·K)·δ: the vector whose product with K the next iteration takes.
    private(set) var residual: [Double]

    private let curvatures: [Double]
    private let totalCurvature: Double
    /// The share of the residual's first length at which it is small enough.
    private let share: Double
    private var direction: [Double] = []
    private var directionImage: [Double] = []
    private var squaredLength = 0.0
    private var limit = 0.0
    private var iterations = 0

    /// Conjugacy is lost to rounding long before.
    private static let maximumIterations = 500

    /// The search for the δ of ρ = `right`, which ends when the residual is `share` as long as at first.
    init(right: [Double], curvatures: [Double], totalCurvature: Double, share: Double) {
        solution = [Double](repeating: 0, count: right.count)
        image = solution
        residual = right
        self.curvatures = curvatures
        self.totalCurvature = totalCurvature
        self.share = share
    }

    /// The change of the intercept that goes with δ.
    var interceptChange: Double { -dotProduct(curvatures, image) / totalCurvature }

    /// Goes on with K·residual; whether the residual is small enough.
    mutating func advance(_ product: [Double]) -> Bool {
        let before = squaredLength
        squaredLength = dotProduct(residual, product)
        if iterations == 0 {
            limit = share * share * squaredLength
            (direction, directionImage) = (residual, product)
        } else {
            direction.scale(by: squaredLength / before, adding: residual)
            directionImage.scale(by: squaredLength / before, adding: product)
        }
        guard squaredLength > limit, iterations < Self.maximumIterations else { return true }
        iterations += 1
        let change = operated()
        let length = squaredLength / dotProduct(directionImage, change)
        solution.add(length, times: direction)
        image.add(length, times: directionImage)
        residual.add(-length, times: change)
        return false
    }

    /// (I + H̃·K)·direction.
    private func operated() -> [Double] {
        let mean = dotProduct(curvatures, directionImage) / totalCurvature
        return [Double](unsafeUninitializedCapacity: direction.count) { result, count in
            curvatures.withUnsafeBufferPointer { curvatures in
                direction.withUnsafeBufferPointer { direction in
                    directionImage.withUnsafeBufferPointer { image in
                        for index in direction.indices {
                            result[index] = direction[index] + curvatures[index] * (image[index] - mean)
                        }
                    }
                }
            }
            count = direction.count
        }
    }
}
