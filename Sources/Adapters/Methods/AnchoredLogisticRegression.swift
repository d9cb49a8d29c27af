internal import LinearAlgebra
internal import Moderation

/// The logistic regression of training rows, solved without each of several folds and for several strengths together.
///
/// Every fold is a column of one matrix product: see ``LogisticColumn``.
struct AnchoredLogisticRegression {
    private let rows: Rows<Training>
    private let loss: LogisticLoss
    private let kernel: FeatureKernel

    /// How long the gradient may be at a minimum out of fold, as a share of the coefficients' length: coefficients are
    /// good to 1e-4 and the objective to 1e-8, relatively.
    static let tolerance = 1e-4
    /// The same for heads, which are kept.
    static let headTolerance = 1e-5

    init(_ rows: Rows<Training>) {
        self.rows = rows
        loss = LogisticLoss(
            offsets: rows.baseScores.map(Double.init), targets: rows.truth.map { $0 ? 1 : 0 },
            weights: rows.balancedWeights)
        kernel = FeatureKernel(rows)
    }

    /// For each of `folds`, the minima of each of `strengths`, ascending and above 0, fitted to the rows outside the fold.
    func minima(without folds: [[Int]], strengths: [Double]) throws(AdapterError) -> [[LogisticMinimum]] {
        var columns = folds.map {
            LogisticColumn(loss.leavingOut($0), strengths: strengths, tolerance: Self.tolerance)
        }
        try solve(&columns)
        return columns.map(\.minima)
    }

    /// The head of all rows, sought from the guess `start`, or from the base.
    ///
    /// Products of `Float` leave the function some 1e-6 off. So it is computed again in `Double`, and the search goes on from
    /// there until the gradient in `Double` is as short as asked for.
    func head(strength: Double, from start: LogisticMinimum? = nil) throws(AdapterError) -> LinearHead {
        var start = start ?? LogisticMinimum(baseOf: rows.count)
        for _ in 0..<Self.maximumRounds {
            var columns = [
                LogisticColumn(loss, strengths: [strength], tolerance: Self.headTolerance / 2, start: start)
            ]
            try solve(&columns)
            let fit = LogisticFit(columns[0].minima[0], features: rows.features(), loss: loss.scaled(by: strength))
            if fit.gradientRatio <= Self.headTolerance {
                return LinearHead(movingBaseBy: fit.coefficients, intercept: fit.intercept, blocks: rows.blocks)
            }
            start = fit.minimum
        }
        throw .unsolved(
            label: rows.label, .notConverged(iterations: Self.maximumRounds, squaredDecrement: start.squaredNorm))
    }

    /// The second round makes up for what the first one's rounding left; more are for extremes.
    private static let maximumRounds = 30

    private func solve(_ columns: inout [LogisticColumn]) throws(AdapterError) {
        do {
            try LogisticColumn.solve(&columns, kernel: kernel)
        } catch {
            throw .unsolved(label: rows.label, error)
        }
    }
}
