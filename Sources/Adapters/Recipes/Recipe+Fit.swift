public import LinearAlgebra
public import Moderation

/// What training gives for one label.
public struct Fit: Sendable, Equatable {
    /// The head, fitted to all training rows, its operating point included.
    public let head: Head
    /// Scores of the training rows as logits, operating point included, each by a head that was fitted without the row's
    /// group: what the choice of hyperparameters and of the operating point rested on.
    public let outOfFoldScores: [Float]
    /// The hyperparameters chosen, in the recipe's order.
    public let chosen: [ChosenHyperparameter]
}

extension Recipe {
    /// Fits a head to training rows and chooses hyperparameters and operating point, from those rows alone.
    ///
    /// Every candidate gets its best operating point at `threshold` from its out-of-fold scores. The candidate that
    /// comes off best under `objective` wins; where several do, the one nearest to the base. Its head is fitted to all
    /// rows, and the operating point found on out-of-fold scores is applied to it.
    ///
    /// Throws `.notFinite` for rows that cannot be computed with, `.classMissing` and `.tooFewGroups` for rows that
    /// cannot be learnt from, and `.unsolved`.
    public func fit(
        _ rows: Rows<Training>, threshold: Threshold, objective: Objective = .falseNegatives, seed: Seed
    ) throws(AdapterError) -> Fit {
        try checkFinite(rows)
        let base = ErrorCounts(of: rows.baseScores, truth: rows.truth, threshold: threshold)
        var best: (candidate: Candidate, point: OperatingPoint)?
        for candidate in try kind.adapter.init(self).candidates(for: rows, seed: seed) {
            try checkFinite(candidate, label: rows.label)
            let point = operatingPoint(of: candidate, rows, threshold, objective, base)
            if let best, objective.rank(best.point.errors) <= objective.rank(point.errors) { continue }
            best = (candidate, point)
        }
        guard let best else { preconditionFailure("the adapter \(kind) answered 0 candidates, at least 1 expected") }
        return Fit(
            head: try best.candidate.head().shifted(by: best.point.shift),
            outOfFoldScores: best.candidate.scores(shiftedBy: best.point.shift),
            chosen: best.candidate.chosen
        )
    }

    private func operatingPoint(
        of candidate: Candidate, _ rows: Rows<Training>, _ threshold: Threshold, _ objective: Objective,
        _ base: ErrorCounts
    ) -> OperatingPoint {
        guard candidate.isShiftable else { return OperatingPoint(shift: 0, errors: base) }
        return OperatingPoint(
            scores: candidate.outOfFoldScores, truth: rows.truth, threshold: threshold, objective: objective, base: base
        )
    }

    private func checkFinite(_ rows: Rows<Training>) throws(AdapterError) {
        for row in 0..<rows.count {
            if !rows.baseScores[row].isFinite {
                throw .notFinite(label: rows.label, quantity: "base score", row: row)
            }
            if !squaredNorm(rows.embeddings.row(row)).isFinite {
                throw .notFinite(label: rows.label, quantity: "embedding", row: row)
            }
        }
    }

    private func checkFinite(_ candidate: Candidate, label: Label) throws(AdapterError) {
        if let row = candidate.outOfFoldScores.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(label: label, quantity: "\(kind.rawValue) score", row: row)
        }
    }
}
