internal import LinearAlgebra
internal import Moderation

/// Ridge regression of what the base score z lacks: (1 + v)·z + x·u + c.
///
/// Minimises strength · Σ (rᵢ - xᵢ·u - v·zᵢ - c)² + ‖u‖² + v² with the residuals rᵢ = ±target - clip(zᵢ, -target, target), the
/// features x = 10·e/‖e‖ of the embedding e and a free intercept c (Hoerl and Kennard 1970; as a classifier: regularised
/// least squares, Rifkin, Yeo and Poggio 2003). Strength is 1/λ: at 0 the head is the base, bit for bit. A base score beyond
/// the target on the right side leaves nothing to add. Rows count alike, whatever their class: one system serves all
/// labels, and the operating point makes up for what the rarer class loses.
///
/// Out-of-fold scores are exact leave-one-group-out scores: see `DualRegression`.
struct Ridge: Adapter {
    static let description = AdapterDescription(
        summary: "ridge regression on the embedding of what the base score lacks", revision: 3,
        hyperparameters: [
            .strength(defaults: [0.01, 0.03, 0.1, 0.3, 1]),
            HyperparameterDescription(
                name: "target", documentation: "the logit that positives should reach, and negatives its opposite",
                range: 0.1...20, defaults: [3], allowsList: true),
        ])

    let strengths: [Double]
    let targets: [Double]

    init(_ recipe: Recipe) {
        strengths = recipe.values(of: "strength")
        targets = recipe.values(of: "target")
    }

    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        let regression = try RidgeRegression(rows)
        let residuals = targets.map { Ridge.residuals(of: rows, target: $0) }
        let solved = try solving(rows.label) { () throws(LinearAlgebraError) in
            try regression.solutions(strengths: strengths.filter { $0 > 0 }, targets: residuals)
        }
        // Strengths ascend, so that those which are 0 come first.
        let bases = strengths.count - solved.count
        var candidates: [Candidate] = []
        for (place, strength) in strengths.enumerated() {
            for (index, target) in targets.enumerated() {
                let chosen: [ChosenHyperparameter] = [.strength(strength), .init(name: "target", value: target)]
                candidates.append(
                    place < bases
                        ? Candidate(baseOf: rows, chosen: chosen)
                        : candidate(rows, solved[place - bases][index], residuals: residuals[index], chosen: chosen))
            }
        }
        return candidates
    }

    private func candidate(
        _ rows: Rows<Training>, _ solution: RidgeSolution, residuals: [Double], chosen: [ChosenHyperparameter]
    ) -> Candidate {
        let scores = rows.baseScores.indices.map { row in
            Float(Double(rows.baseScores[row]) + residuals[row] - solution.leftOutErrors[row])
        }
        return Candidate(chosen: chosen, outOfFoldScores: scores) { () throws(AdapterError) in
            .linear(
                LinearHead(
                    movingBaseBy: solution.coefficients(), intercept: solution.intercept, blocks: rows.blocks))
        }
    }

    /// What is missing from the base scores of `rows` to the target.
    static func residuals(of rows: Rows<Training>, target: Double) -> [Double] {
        zip(rows.baseScores, rows.truth).map { score, isPositive in
            (isPositive ? target : -target) - min(max(Double(score), -target), target)
        }
    }
}
