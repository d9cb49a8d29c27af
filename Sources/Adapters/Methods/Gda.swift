internal import LinearAlgebra
internal import Moderation

/// Gaussian discriminant analysis added to the base score: z + alpha · (f·u + c) for the direction f of an embedding.
///
/// With the class means m± and one covariance Σ of both classes, u = Σ⁻¹·(m₊ - m₋) and c = -½ (m₊ + m₋)·u: the log ratio of
/// two Gaussians of equal prior (Wang et al. 2024, "A hard-to-beat baseline for training-free CLIP-based adaptation", ICLR).
/// The covariance is that of training rows about their class mean and of background images about theirs, shrunken as
/// `covariance` says: see `SharedCovariance`. Encoders are taken for independent: their log ratios are averaged.
///
/// Out-of-fold scores come from five grouped folds, each with means and covariance of its own.
struct Gda: Adapter {
    static let description = AdapterDescription(
        summary: "Gaussian discriminant analysis with a shrunken covariance, added to the base score", revision: 2,
        hyperparameters: [
            .alpha(defaults: [0.01, 0.03, 0.1, 0.3, 1, 3, 10]),
            .choice(
                "covariance", "how the covariance is shrunken: as the method's authors do, or after Ledoit and Wolf",
                of: Shrinkage.allCases.map(\.rawValue)),
        ])
    static let usesBackground = true

    static let needsMemory = true

    private let alphas: [Double]
    private let shrinkage: Shrinkage

    init(_ recipe: Recipe) {
        alphas = recipe.values(of: "alpha")
        shrinkage = Shrinkage.allCases[Int(recipe.values(of: "covariance")[0])]
    }

    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        let folds = try GroupedFolds(rows, seed: seed)
        let discriminants = GaussianDiscriminants(rows, shrinkage: shrinkage)
        var ratios = [Double](repeating: 0, count: rows.count)
        for fold in folds.folds {
            let discriminant = try discriminants.discriminant(without: fold)
            for row in fold { ratios[row] = discriminant.logRatio(discriminants.features.row(row)) }
        }
        return alphas.map { alpha in
            let chosen = [ChosenHyperparameter(name: "alpha", value: alpha)]
            guard alpha > 0 else { return Candidate(baseOf: rows, chosen: chosen) }
            let scores = zip(rows.baseScores, ratios).map { Float(Double($0) + alpha * $1) }
            return Candidate(chosen: chosen, outOfFoldScores: scores) { () throws(AdapterError) in
                let discriminant = try discriminants.discriminant(without: [])
                // A linear head sees directions at another length.
                return .linear(
                    LinearHead(
                        baseScale: 1, weights: discriminant.coefficients.map { Float(alpha * $0 / Features.length) },
                        intercept: Float(alpha * discriminant.intercept), blocks: rows.blocks))
            }
        }
    }
}
