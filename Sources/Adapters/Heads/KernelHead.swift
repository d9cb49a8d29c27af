public import LinearAlgebra
internal import Moderation

/// A head whose score is baseScale · base + Σⱼ coefficientⱼ · k(x, xⱼ) + intercept, for the radial kernel k of the features x
/// of an image and those xⱼ of the training images: see `Supports`.
public struct KernelHead: Sendable, Equatable {
    /// What the base score, a logit, is multiplied by.
    public let baseScale: Float
    /// One per training image whose truth is known, in their order, logits.
    public let coefficients: [Float]
    /// How fast the kernel falls with the distance.
    public let gamma: Float
    /// Added to every score, a logit.
    public let intercept: Float
    /// The training images; heads of several labels share them.
    let supports: Supports

    init(baseScale: Float, coefficients: [Float], gamma: Float, intercept: Float, supports: Supports) {
        precondition(
            coefficients.count == supports.count, "\(coefficients.count) coefficients for \(supports.count) images")
        self.baseScale = baseScale
        self.coefficients = coefficients
        self.gamma = gamma
        self.intercept = intercept
        self.supports = supports
    }

    /// Scores as logits, one per row; each is a function of its row alone, bit for bit.
    public func scores(embeddings: Matrix, baseScores: [Float]) -> [Float] {
        scores(kernel: supports.kernel(of: embeddings, gamma: Double(gamma)), baseScores: baseScores)
    }

    /// The same scores; the kernel of the rows' images is computed once for the heads of several labels.
    func scores<P>(_ rows: Rows<P>) -> [Float] {
        // The supports are kept beside the kernel, so that no others can come to have their address.
        let kept = rows.images.memo.value("kernel \(gamma) of \(ObjectIdentifier(supports))") {
            (supports: supports, kernel: supports.kernel(of: rows.embeddings, gamma: Double(gamma)))
        }
        return scores(kernel: kept.kernel, baseScores: rows.baseScores)
    }

    private func scores(kernel: [Double], baseScores: [Float]) -> [Float] {
        baseScores.indices.map { row in
            let values = kernel[row * coefficients.count..<(row + 1) * coefficients.count]
            let sum = dotProduct(coefficients[...], values)
            return Float(Double(baseScale) * Double(baseScores[row]) + sum + Double(intercept))
        }
    }
}
