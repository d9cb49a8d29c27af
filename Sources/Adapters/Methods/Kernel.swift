internal import LinearAlgebra
internal import Moderation

/// Kernel ridge regression on centred root features: an image is scored by its likeness to every training image.
///
/// With the radial kernel of the features x (see `FeatureMap` and `Supports`), the base score z and the targets y = ±1, the
/// score is target · Σⱼ αⱼ k(i, j), where k(i, j) = exp(-gamma · ‖xᵢ - xⱼ‖²) + base_weight² · zᵢ·zⱼ + 0.01 and
/// α = (K + I/strength)⁻¹·y (Saunders, Gammerman and Vovk 1998, "Ridge regression learning algorithm in dual variables"; as a
/// classifier: regularised least squares, Rifkin, Yeo and Poggio 2003). Unlike the other adapters it learns the label
/// itself, not what the base score lacks; the base is one of its features. Strength is 1/λ: at 0 the head is the base, bit
/// for bit.
///
/// Out-of-fold scores are exact leave-one-group-out scores, for the mean of the features, which sees no labels, of all
/// images: see `KernelRegression`.
struct Kernel: Adapter {
    static let description = AdapterDescription(
        summary: "kernel ridge regression on the likeness to each training image, beside the base score", revision: 3,
        hyperparameters: [
            .strength(defaults: [10]),
            HyperparameterDescription(
                name: "gamma", documentation: "how fast likeness falls with the distance of two images",
                range: 0.05...20, defaults: [1.5], allowsList: true),
            HyperparameterDescription(
                name: "base_weight", documentation: "how much the base score, in logits, counts beside the embedding",
                range: 0...10, defaults: [0.05], allowsList: true),
            HyperparameterDescription(
                name: "target", documentation: "the logit that positives should reach, and negatives its opposite",
                range: 0.1...20, defaults: [3], allowsList: false),
        ])
    static let usesBackground = true

    static let needsMemory = true

    private let strengths: [Double]
    private let gammas: [Double]
    private let baseWeights: [Double]
    private let target: Double

    init(_ recipe: Recipe) {
        strengths = recipe.values(of: "strength")
        gammas = recipe.values(of: "gamma")
        baseWeights = recipe.values(of: "base_weight")
        target = recipe.values(of: "target")[0]
    }

    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        let groups = try rows.groupedRows()
        var candidates: [[Candidate]] = []
        for gamma in gammas {
            let regression = KernelRegression(images: rows.images, gamma: gamma, groups: groups)
            for baseWeight in baseWeights {
                candidates.append(try self.candidates(rows, regression, baseWeight: baseWeight))
            }
        }
        return strengths.indices.flatMap { strength in candidates.map { $0[strength] } }
    }

    /// The candidates of one gamma and base weight, strength after strength.
    private func candidates(
        _ rows: Rows<Training>, _ regression: KernelRegression, baseWeight: Double
    ) throws(AdapterError) -> [Candidate] {
        let offsets = rows.baseScores.map { baseWeight * Double($0) }
        let solved = try solving(rows.label) { () throws(LinearAlgebraError) in
            try regression.solutions(
                strengths: strengths.filter { $0 > 0 }, targets: rows.truth.map { $0 ? 1 : -1 }, offsets: offsets)
        }
        // Strengths ascend, so that one of 0 comes first.
        let solutions = [KernelSolution?](repeating: nil, count: strengths.count - solved.count) + solved
        return zip(strengths, solutions).map { strength, solution in
            let chosen: [ChosenHyperparameter] = [
                .strength(strength), .init(name: "gamma", value: regression.gamma),
                .init(name: "base_weight", value: baseWeight), .init(name: "target", value: target),
            ]
            guard let solution else { return Candidate(baseOf: rows, chosen: chosen) }
            return Candidate(
                chosen: chosen, outOfFoldScores: solution.leftOutScores.map { Float(target * $0) }
            ) {
                head(rows.images, solution, gamma: regression.gamma, offsets: offsets, baseWeight: baseWeight)
            }
        }
    }

    private func head(
        _ images: EmbeddingSet<Training>, _ solution: KernelSolution, gamma: Double, offsets: [Double],
        baseWeight: Double
    ) -> Head {
        let slope = zip(solution.coefficients, offsets).map { $0 * $1 }.reduce(0, +) * baseWeight
        let intercept = solution.coefficients.reduce(0, +) * KernelSystem.constant
        return .kernel(
            KernelHead(
                baseScale: Float(target * slope), coefficients: solution.coefficients.map { Float(target * $0) },
                gamma: Float(gamma), intercept: Float(target * intercept),
                supports: KernelSystem.supports(of: images)))
    }
}
