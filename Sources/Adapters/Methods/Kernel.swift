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
/// images: see `KernelSystem`.
struct Kernel: Adapter {
    static let description = AdapterDescription(
        summary: "kernel ridge regression on the likeness to each training image, beside the base score", revision: 2,
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
        var candidates: [Candidate] = []
        for strength in strengths {
            for gamma in gammas {
                for baseWeight in baseWeights {
                    candidates.append(
                        try candidate(rows, groups, strength: strength, gamma: gamma, baseWeight: baseWeight))
                }
            }
        }
        return candidates
    }

    private func candidate(
        _ rows: Rows<Training>, _ groups: [[Int]], strength: Double, gamma: Double, baseWeight: Double
    ) throws(AdapterError) -> Candidate {
        let chosen: [ChosenHyperparameter] = [
            .strength(strength), .init(name: "gamma", value: gamma), .init(name: "base_weight", value: baseWeight),
            .init(name: "target", value: target),
        ]
        guard strength > 0 else { return Candidate(baseOf: rows, chosen: chosen) }
        let offsets = rows.baseScores.map { baseWeight * Double($0) }
        let (system, solution) = try solving(rows.label) { () throws(LinearAlgebraError) in
            let system = try KernelSystem.shared(by: rows.images, gamma: gamma, strength: strength)
            return (system, try system.solve(rows.truth.map { $0 ? 1 : -1 }, offsets: offsets, groups: groups))
        }
        let scores = solution.leftOutScores.map { Float(target * $0) }
        return Candidate(chosen: chosen, outOfFoldScores: scores) {
            let slope = zip(solution.coefficients, offsets).map { $0 * $1 }.reduce(0, +) * baseWeight
            let intercept = solution.coefficients.reduce(0, +) * KernelSystem.constant
            return .kernel(
                KernelHead(
                    baseScale: Float(target * slope), coefficients: solution.coefficients.map { Float(target * $0) },
                    gamma: Float(gamma), intercept: Float(target * intercept), supports: system.supports))
        }
    }
}
