internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// A key-value cache of the training images (Zhang et al. 2022, "Tip-Adapter: Training-free adaption of CLIP for few-shot
/// classification"): z + alpha · Σᵢ vᵢ · exp(-beta · (1 - cosine(e, eᵢ))).
///
/// The paper's values are one-hot labels of as many images for each class; for one label that is +1 for positives and -1
/// for negatives. Here classes differ in size, so the values of each are divided by their sum: what is added is alpha times
/// the likeness to positives, less that to negatives. With `values: residuals` an image counts by how wrong the base is of
/// it, t - sigmoid(z), so that missed positives and false alarms are the keys that matter.
///
/// Nothing is fitted, so out-of-fold scores are exact: those of the cache without the keys of the row's group.
struct Cache: Adapter {
    static let description = AdapterDescription(
        summary: "adds the likeness to positive training images, less that to negative ones (Tip-Adapter)", revision: 2,
        hyperparameters: [
            .alpha(defaults: [3, 10, 30, 100, 300, 1000]),
            HyperparameterDescription(
                name: "beta", documentation: "how fast likeness falls with the distance of two images",
                range: 0.1...100,
                defaults: [1, 3, 5.5, 10], allowsList: true),
            .choice(
                "values", "what a training image counts: as much as any other, or as much as the base is wrong of it",
                of: ["labels", "residuals"]),
        ])

    static let needsMemory = true

    private let alphas: [Double]
    private let betas: [Double]
    private let countsResiduals: Bool

    init(_ recipe: Recipe) {
        alphas = recipe.values(of: "alpha")
        betas = recipe.values(of: "beta")
        countsResiduals = recipe.values(of: "values") == [1]
    }

    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        let groups = try rows.groupedRows()
        let values = Cache.values(of: rows, countsResiduals: countsResiduals)
        let leftOut = betas.map { Cache.leftOutLikeness(rows, values: values, groups: groups, beta: $0) }
        return alphas.flatMap { alpha in
            zip(betas, leftOut).map { candidate(rows, values, alpha: alpha, beta: $0, leftOut: $1) }
        }
    }

    private func candidate(
        _ rows: Rows<Training>, _ values: [Double], alpha: Double, beta: Double, leftOut: [Double]
    ) -> Candidate {
        let chosen = [ChosenHyperparameter(name: "alpha", value: alpha), .init(name: "beta", value: beta)]
        guard alpha > 0 else { return Candidate(baseOf: rows, chosen: chosen) }
        let scores = zip(rows.baseScores, leftOut).map { Float(Double($0) + alpha * $1) }
        return Candidate(chosen: chosen, outOfFoldScores: scores) {
            .kernel(
                KernelHead(
                    baseScale: 1, coefficients: Cache.weights(values).map { Float(alpha * $0) },
                    gamma: Float(beta / 2), intercept: 0, supports: Cache.supports(of: rows.images)))
        }
    }

    /// What each training image counts: above 0 for positives, below 0 for negatives.
    static func values(of rows: Rows<Training>, countsResiduals: Bool) -> [Double] {
        zip(rows.truth, rows.baseScores).map { isPositive, score in
            let value = countsResiduals ? 1 / (1 + exp(Double(isPositive ? score : -score))) : 1
            return isPositive ? value : -value
        }
    }

    /// Σᵢ vᵢ·k(x, xᵢ) of every row x over the rows i outside its group, the values of each class divided by their sum there.
    private static func leftOutLikeness(
        _ rows: Rows<Training>, values: [Double], groups: [[Int]], beta: Double
    ) -> [Double] {
        let kernel = rows.images.memo.value("kernel of directions \(beta)") {
            supports(of: rows.images).gram(gamma: beta / 2, memo: rows.images.memo)
        }
        var likeness = [Double](repeating: 0, count: values.count)
        for group in groups {
            var kept = values
            for row in group { kept[row] = 0 }
            let weights = Cache.weights(kept)
            for row in group { likeness[row] = kernel.product(ofRow: row, with: weights) }
        }
        return likeness
    }

    /// `values` with those of each class divided by their sum; a class whose values are all 0 adds nothing.
    private static func weights(_ values: [Double]) -> [Double] {
        let positive = values.reduce(0) { $0 + max($1, 0) }
        let negative = values.reduce(0) { $0 - min($1, 0) }
        return values.map { value in
            if value == 0 { return 0 }
            return value / (value > 0 ? positive : negative)
        }
    }

    private static func supports(of images: EmbeddingSet<Training>) -> Supports {
        images.memo.value("directions") { Supports(images, map: FeatureMap(directionsOf: images.blocks)) }
    }
}
