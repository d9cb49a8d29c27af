internal import LinearAlgebra
internal import Moderation

/// The logistic regression of training rows, solved without each of several folds and for several strengths together.
///
/// Every fold is a column of one matrix product: see ``LogisticColumn``.
struct AnchoredLogisticRegression {
    let rows: Rows<Training>
    /// The rows of each fold.
    let folds: [[Int]]
    private let loss: LogisticLoss
    private let kernel: FeatureKernel

    /// How long the gradient may be at a minimum out of fold, as a share of the coefficients' length: coefficients are
    /// good to 1e-4 and the objective to 1e-8, relatively.
    static let tolerance = 1e-4
    /// The same for heads, which are kept.
    static let headTolerance = 1e-5
    /// The same for heads whose gradient rounding keeps from being shorter: where base scores are logits of thousands.
    private static let lastTolerance = 1e-3

    init(_ rows: Rows<Training>, folds: [[Int]]) {
        self.rows = rows
        self.folds = folds
        loss = LogisticLoss(
            offsets: rows.baseScores.map(Double.init), targets: rows.truth.map { $0 ? 1 : 0 },
            weights: rows.balancedWeights)
        kernel = FeatureKernel(rows)
    }

    /// The minima of `regressions` for each of `strengths`, ascending and above 0, fitted without each fold: by regression,
    /// fold and strength. Regressions of the same images are solved together.
    static func minima(
        of regressions: [AnchoredLogisticRegression], strengths: [Double]
    ) throws(AdapterError) -> [[[LogisticMinimum]]] {
        guard !strengths.isEmpty else { return regressions.map { $0.folds.map { _ in [] } } }
        var minima = [[[LogisticMinimum]]](repeating: [], count: regressions.count)
        for places in placesByImages(regressions) {
            var columns = places.flatMap { place in
                let regression = regressions[place]
                return regression.folds.map { fold in
                    Column(
                        label: regression.rows.label, place: place,
                        path: LogisticColumn(
                            regression.loss.leavingOut(fold), strengths: strengths, tolerance: tolerance))
                }
            }
            try solve(&columns, kernel: regressions[places[0]].kernel)
            for column in columns { minima[column.place].append(column.path.minima) }
        }
        return minima
    }

    /// A column, and the regression that it is of.
    private struct Column {
        let label: Label
        /// The regression's number among those that are solved.
        let place: Int
        var path: LogisticColumn
    }

    /// The numbers of the regressions of the same images, together.
    private static func placesByImages(_ regressions: [AnchoredLogisticRegression]) -> [[Int]] {
        var places: [[Int]] = []
        for (place, regression) in regressions.enumerated() {
            let shared = places.firstIndex { regressions[$0[0]].rows.images === regression.rows.images }
            if let shared { places[shared].append(place) } else { places.append([place]) }
        }
        return places
    }

    /// Takes all `columns` to their last minimum; the vectors they wait for are multiplied together.
    private static func solve(_ columns: inout [Column], kernel: FeatureKernel) throws(AdapterError) {
        while true {
            let waiting = columns.indices.filter { !columns[$0].path.isFinished }
            guard !waiting.isEmpty else { return }
            let products = kernel.times(waiting.map { columns[$0].path.request })
            for (index, product) in zip(waiting, products) {
                try solving(columns[index].label) { () throws(LinearAlgebraError) in
                    try columns[index].path.advance(product)
                }
            }
        }
    }

    /// The head of all rows, sought from the guess `start`, or from the base.
    ///
    /// Products of `Float` leave the function of α some 1e-6 off. So it is computed again in `Double`, and the search goes
    /// on from there until the gradient in `Double` is as short as asked for. What of α no coefficient shows, since features
    /// are fewer than rows or nearly dependent, is noise to those products: the second search starts without it.
    func head(strength: Double, from start: LogisticMinimum? = nil) throws(AdapterError) -> LinearHead {
        var best = try searched(strength: strength, from: start ?? LogisticMinimum(baseOf: rows.count))
        if best.gradientRatio > Self.headTolerance {
            var next = fit(best.fixedPoint, strength: strength, intercept: best.minimum.intercept)
            for _ in 0..<Self.furtherSearches where best.gradientRatio > Self.headTolerance {
                next = try searched(strength: strength, from: next.minimum)
                if next.gradientRatio < best.gradientRatio { best = next }
            }
        }
        guard best.gradientRatio <= Self.lastTolerance else {
            throw .unsolved(
                label: rows.label,
                .notConverged(
                    iterations: Self.furtherSearches, squaredDecrement: best.gradientRatio * best.gradientRatio))
        }
        return LinearHead(movingBaseBy: best.coefficients, intercept: best.intercept, blocks: rows.blocks)
    }

    /// The second search is for what rounding left of the first, more are for extremes.
    private static let furtherSearches = 6

    private func searched(strength: Double, from start: LogisticMinimum) throws(AdapterError) -> LogisticFit {
        let path = LogisticColumn(loss, strengths: [strength], tolerance: Self.headTolerance / 2, start: start)
        var columns = [Column(label: rows.label, place: 0, path: path)]
        try Self.solve(&columns, kernel: kernel)
        let minimum = columns[0].path.minima[0]
        return fit(minimum.alpha, strength: strength, intercept: minimum.intercept)
    }

    private func fit(_ alpha: [Double], strength: Double, intercept: Double) -> LogisticFit {
        LogisticFit(
            alpha: alpha, intercept: intercept, features: rows.features(), loss: loss.scaled(by: strength))
    }
}
