internal import LinearAlgebra
internal import Moderation

/// Logistic regression anchored on the base logit z: (1 + v)·z + x·u + c.
///
/// Minimises strength · Σ wᵢ log(1 + exp(-yᵢ (zᵢ + xᵢ·u + v·zᵢ + c))) + ½ (‖u‖² + v²) with yᵢ = ±1, the features x = 10·e/‖e‖
/// of the embedding e, the class weights wᵢ = n/(2n±) and a free intercept c. Strength is scikit-learn's C: at 0 the head
/// is the base, bit for bit. The convex relative of TaskRes (Yu et al. 2023) and CLAP (Silva-Rodríguez et al. 2024), which
/// likewise stay near the pre-trained classifier.
///
/// Out-of-fold scores come from five grouped folds, with the class weights of all rows.
struct Logistic: Adapter {
    static let description = AdapterDescription(
        summary: "logistic regression on the embedding, anchored on the base score", revision: 3,
        hyperparameters: [.strength(defaults: [0.1, 1, 10])])

    let strengths: [Double]

    init(_ recipe: Recipe) {
        strengths = recipe.values(of: "strength")
    }

    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        if !rows.images.isInMemory { return try candidates(inPassesOver: rows, GroupedFolds(rows, seed: seed)) }
        return try candidates(forEach: [rows], seed: seed)[0]
    }

    func candidates(forEach labels: [Rows<Training>], seed: Seed) throws(AdapterError) -> [[Candidate]] {
        guard labels.allSatisfy(\.images.isInMemory) else { return try candidates(oneByOne: labels, seed: seed) }
        var regressions: [AnchoredLogisticRegression] = []
        for rows in labels {
            regressions.append(AnchoredLogisticRegression(rows, folds: try GroupedFolds(rows, seed: seed).folds))
        }
        return try candidates(of: regressions)
    }

    /// The candidates of each of `regressions`, which are solved together.
    private func candidates(
        of regressions: [AnchoredLogisticRegression]
    ) throws(AdapterError) -> [[Candidate]] {
        let fitted = strengths.filter { $0 > 0 }
        let minima = try AnchoredLogisticRegression.minima(of: regressions, strengths: fitted)
        return zip(regressions, minima).map { regression, minima in
            let base =
                strengths.contains(0) ? [Candidate(baseOf: regression.rows, chosen: [.strength(0)])] : []
            return base
                + fitted.indices.map { place in
                    candidate(regression, strength: fitted[place], minima: minima.map { $0[place] })
                }
        }
    }

    /// The candidate of one strength, from the minimum without each fold.
    private func candidate(
        _ regression: AnchoredLogisticRegression, strength: Double, minima: [LogisticMinimum]
    ) -> Candidate {
        var scores = regression.rows.baseScores
        for (fold, minimum) in zip(regression.folds, minima) {
            for row in fold { scores[row] = Float(Double(scores[row]) + minimum.function[row] + minimum.intercept) }
        }
        return Candidate(chosen: [.strength(strength)], outOfFoldScores: scores) { () throws(AdapterError) in
            // A row counts in all minima but one.
            let weights = [Double](repeating: 1 / Double(minima.count - 1), count: minima.count)
            return .linear(
                try regression.head(strength: strength, from: LogisticMinimum(minima[...], weights: weights)))
        }
    }
}

extension ChosenHyperparameter {
    static func strength(_ value: Double) -> ChosenHyperparameter {
        ChosenHyperparameter(name: "strength", value: value)
    }
}
