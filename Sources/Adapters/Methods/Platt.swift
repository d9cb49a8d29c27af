internal import Foundation
internal import LinearAlgebra
internal import Moderation

/// Platt scaling: a·z + b with a > 0, the maximum likelihood of smoothed targets.
///
/// Minimises -Σ tᵢ log pᵢ + (1 - tᵢ) log(1 - pᵢ) with pᵢ = sigmoid(a·zᵢ + b), where tᵢ is (n₊ + 1)/(n₊ + 2) for positives and
/// 1/(n₋ + 2) for negatives (Platt 1999, "Probabilistic outputs for support vector machines"; the minimisation after Lin,
/// Lin and Weng 2007, "A note on Platt's probabilistic outputs", Machine Learning 68:267).
///
/// Scaling alone does not reorder images. Where the likelihood asks for a ≤ 0, which would turn the base around, a stays
/// at 1 and only b is fitted.
struct Platt: Adapter {
    static let description = AdapterDescription(
        summary: "rescales the base score to a calibrated probability", revision: 2, hyperparameters: [])

    init(_ recipe: Recipe) {}

    func candidates(for rows: Rows<Training>, seed: Seed) throws(AdapterError) -> [Candidate] {
        let folds = try GroupedFolds(rows, seed: seed)
        var scores = [Float](repeating: 0, count: rows.count)
        for fold in folds.folds {
            let line = try Platt.fit(rows.selecting(folds.complement(of: fold)))
            for row in fold { scores[row] = Float(line.slope * Double(rows.baseScores[row]) + line.intercept) }
        }
        return [
            Candidate(chosen: [], outOfFoldScores: scores) { () throws(AdapterError) in
                let line = try Platt.fit(rows)
                return .linear(
                    LinearHead(
                        baseScale: Float(line.slope), weights: Array(repeating: 0, count: rows.images.dimensions),
                        intercept: Float(line.intercept), blocks: rows.blocks))
            }
        ]
    }

    /// The a and b of `rows`.
    static func fit(_ rows: Rows<Training>) throws(AdapterError) -> (slope: Double, intercept: Double) {
        let start = log(Double(rows.positives + 1) / Double(rows.negatives + 1))
        let scores = Matrix(rows: rows.count, columns: 1, storage: rows.baseScores).appendingOnes()
        let line = try maximum(rows, design: scores, offsets: Array(repeating: 0, count: rows.count), from: [0, start])
        if line[0] > 0 { return (line[0], line[1]) }

        let ones = Matrix(rows: rows.count, columns: 1, repeating: 1)
        let moved = try maximum(rows, design: ones, offsets: rows.baseScores.map(Double.init), from: [start])
        return (1, moved[0])
    }

    /// The coefficients of `design` that make the smoothed targets likeliest.
    private static func maximum(
        _ rows: Rows<Training>, design: Matrix, offsets: [Double], from start: [Double]
    ) throws(AdapterError) -> [Double] {
        let positive = Double(rows.positives + 1) / Double(rows.positives + 2)
        let negative = 1 / Double(rows.negatives + 2)
        let loss = LogisticLoss(
            offsets: offsets, targets: rows.truth.map { $0 ? positive : negative },
            weights: Array(repeating: 1, count: rows.count))
        // A base score that is the same on all images leaves a undetermined: Lin, Lin and Weng's small diagonal.
        let penalties = [Double](repeating: 1e-12, count: design.columns)
        return try solving(rows.label) { () throws(LinearAlgebraError) in
            try Minimizer().minimum(
                of: PrimalLogisticLoss(design: design, loss: loss, penalties: penalties), from: start)
        }
    }
}
