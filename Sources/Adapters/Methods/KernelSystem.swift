internal import LinearAlgebra
internal import Moderation

/// A kernel ridge regression of one gamma and strength, inverted: what of it does not depend on a label, so that labels
/// with the same training images share it.
///
/// M = (K + I/strength)⁻¹ for the kernel K of the images plus a constant. What a label adds, the outer product of a vector
/// u, is a change of rank one, for which Sherman and Morrison (1950) give the inverse: M - v·vᵀ/(1 + uᵀ·v) with v = M·u.
struct KernelSystem: Sendable {
    /// Added to the kernel of any two images, so that the regression has an intercept, at the price of a small penalty.
    static let constant = 0.01

    private let inverse: SymmetricMatrix

    /// The system of `images`, taken from their memo where it is there.
    static func shared(
        by images: EmbeddingSet<Training>, gamma: Double, strength: Double
    ) throws(LinearAlgebraError) -> KernelSystem {
        try images.memo.value("kernel system \(gamma) \(strength)") { () throws(LinearAlgebraError) in
            try KernelSystem(kernel(of: images, gamma: gamma), strength: strength)
        }
    }

    /// The kernel of `images` with one another, the constant included.
    static func kernel(of images: EmbeddingSet<Training>, gamma: Double) -> SymmetricMatrix {
        supports(of: images).gram(gamma: gamma, memo: images.memo).mapping { $0 + KernelSystem.constant }
    }

    /// What heads of `images` compare with.
    static func supports(of images: EmbeddingSet<Training>) -> Supports {
        images.memo.value("centred roots") { Supports(images, map: FeatureMap(centredRootsOf: images)) }
    }

    private init(_ kernel: SymmetricMatrix, strength: Double) throws(LinearAlgebraError) {
        let ridge = [Double](repeating: 1 / strength, count: kernel.order)
        inverse = try CholeskyFactor(of: kernel.adding(diagonal: ridge)).inverse()
    }

    /// The solution for `targets` when the kernel has u·uᵀ added, u being `offsets`.
    ///
    /// With the M of the whole and α = M·y, the scores of a group G by the regression without it are y_G - M_GG⁻¹·α_G, exactly:
    /// see `DualRegression`.
    func solve(
        _ targets: [Double], offsets: [Double], groups: [[Int]]
    ) throws(LinearAlgebraError) -> KernelSolution {
        let direction = inverse.times(offsets)
        let spread = 1 + zip(offsets, direction).map { $0 * $1 }.reduce(0, +)
        let free = inverse.times(targets)
        let share = zip(offsets, free).map { $0 * $1 }.reduce(0, +) / spread
        let coefficients = zip(free, direction).map { $0 - share * $1 }

        var leftOut = [Double](repeating: 0, count: targets.count)
        for group in groups {
            let block = inverse.selecting(group)
                .adding(outerProductOf: group.map { direction[$0] }, times: -1 / spread)
            let errors = try CholeskyFactor(of: block).solve(group.map { coefficients[$0] })
            for (row, error) in zip(group, errors) { leftOut[row] = targets[row] - error }
        }
        return KernelSolution(coefficients: coefficients, leftOutScores: leftOut)
    }
}

/// A fitted kernel ridge regression.
struct KernelSolution {
    /// One per training image.
    let coefficients: [Double]
    /// The score of each training image by the regression without its group.
    let leftOutScores: [Double]
}
