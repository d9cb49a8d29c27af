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
        summary: "logistic regression on the embedding, anchored on the base score", revision: 2,
        hyperparameters: [.strength(defaults: [0.1, 1, 10])])

    let strengths: [Double]

    init(_ recipe: Recipe) {
        strengths = recipe.values(of: "strength")
    }

    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        let folds = try GroupedFolds(rows, seed: seed)
        guard rows.images.isInMemory else { return try streamed(rows, folds) }
        let regression = AnchoredLogisticRegression(rows)
        let fitted = strengths.filter { $0 > 0 }
        var scores = [[Float]](repeating: rows.baseScores, count: fitted.count)
        for fold in folds.folds {
            let functions = try regression.functions(of: folds.complement(of: fold), strengths: fitted)
            for (index, function) in functions.enumerated() {
                for row in fold { scores[index][row] = Float(Double(rows.baseScores[row]) + function[row]) }
            }
        }
        let base = strengths.contains(0) ? [Candidate(baseOf: rows, chosen: [.strength(0)])] : []
        return base
            + zip(fitted, scores).map { strength, scores in
                Candidate(chosen: [.strength(strength)], outOfFoldScores: scores) { () throws(AdapterError) in
                    .linear(try regression.head(strength: strength))
                }
            }
    }

    /// The same candidates where rows are passed over in blocks, all regressions at once.
    private func streamed(_ rows: Rows<Training>, _ folds: GroupedFolds) throws(AdapterError) -> [Candidate] {
        let fitted = strengths.filter { $0 > 0 }
        let regression = try PrimalLogistic(rows)
        let numbers = folds.numbers
        let left: [Int?] = folds.folds.indices.map { $0 } + [nil]
        let solutions = try regression.solutions(
            of: fitted.flatMap { strength in left.map { .init(strength: strength, fold: $0) } }, folds: numbers)
        let perStrength = fitted.indices.map { Array(solutions[$0 * left.count..<($0 + 1) * left.count]) }
        let functions = try regression.outOfFold(perStrength.map { $0.dropLast() }, folds: numbers)
        let base = strengths.contains(0) ? [Candidate(baseOf: rows, chosen: [.strength(0)])] : []
        return base
            + fitted.indices.map { index in
                let scores = zip(rows.baseScores, functions[index]).map { Float(Double($0) + $1) }
                let whole = perStrength[index][folds.folds.count]
                return Candidate(chosen: [.strength(fitted[index])], outOfFoldScores: scores) {
                    .linear(
                        LinearHead(
                            movingBaseBy: whole.weights + [whole.slope], intercept: whole.intercept,
                            blocks: rows.blocks))
                }
            }
    }
}

extension ChosenHyperparameter {
    static func strength(_ value: Double) -> ChosenHyperparameter {
        ChosenHyperparameter(name: "strength", value: value)
    }
}
