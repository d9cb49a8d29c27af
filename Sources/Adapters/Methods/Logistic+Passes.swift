internal import Moderation

extension Logistic {
    /// The candidates of rows that are not in memory: one pass serves all folds and strengths, and all rows as well.
    func candidates(
        inPassesOver rows: Rows<Training>, _ folds: GroupedFolds
    ) throws(AdapterError) -> [Candidate] {
        let fitted = strengths.filter { $0 > 0 }
        let regression = try PrimalLogistic(rows, folds: folds)
        let solutions = try regression.solutions(strengths: fitted)
        let functions = try regression.outOfFold(solutions.map(\.withoutFold))
        let base = strengths.contains(0) ? [Candidate(baseOf: rows, chosen: [.strength(0)])] : []
        return base
            + fitted.indices.map { place in
                let scores = zip(rows.baseScores, functions[place]).map { Float(Double($0) + $1) }
                let whole = solutions[place].whole
                return Candidate(chosen: [.strength(fitted[place])], outOfFoldScores: scores) {
                    .linear(
                        LinearHead(
                            movingBaseBy: whole.weights + [whole.slope], intercept: whole.intercept,
                            blocks: rows.blocks))
                }
            }
    }
}
