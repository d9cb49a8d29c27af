internal import LinearAlgebra
internal import Moderation

/// Several logistic regressions of the same rows at once, solved for their coefficients: for many more rows than
/// dimensions.
///
/// Rows are passed over in blocks, and one pass serves the folds and strengths of all regressions, so memory grows with the
/// rows by a few words a row. Unknowns are V·u, the base score's v and the intercept, of features and base scores about
/// their means, V having the eigenvectors of the features' scatter as rows: there the Hessian strength·Σ hᵢ·xᵢ·xᵢᵀ + I, with
/// the second derivatives hᵢ of the loss, is near to the diagonal strength·h·λ + 1 of their mean h, which the search starts
/// from.
struct PrimalLogistic {
    private let rows: Rows<Training>
    private let loss: LogisticLoss
    private let moments: FeatureMoments
    private let base: CentredColumns
    /// The number of each row's fold.
    private let folds: [Int]
    private let foldCount: Int

    /// A regression of `strength`, above 0, on the rows that `fold` leaves out; on all rows where it is `nil`.
    private struct Problem {
        let strength: Double
        let fold: Int?
    }

    /// The minima of one strength.
    struct Solutions {
        /// Of the rows outside each fold.
        let withoutFold: [Solution]
        /// Of all rows.
        let whole: Solution
    }

    /// A minimum: score = base + x·weights + slope·base + intercept.
    struct Solution {
        let weights: [Double]
        let slope: Double
        let intercept: Double
    }

    init(_ rows: Rows<Training>, folds: GroupedFolds) throws(AdapterError) {
        self.rows = rows
        self.folds = folds.numbers
        foldCount = folds.folds.count
        loss = LogisticLoss(
            offsets: rows.baseScores.map(Double.init), targets: rows.truth.map { $0 ? 1 : 0 },
            weights: rows.balancedWeights)
        moments = try FeatureMoments.shared(by: rows)
        base = CentredColumns([rows.baseScores.map(Double.init)])
    }

    /// The minima of each of `strengths`, which are above 0.
    func solutions(strengths: [Double]) throws(AdapterError) -> [Solutions] {
        let problems = strengths.flatMap { strength in
            (0..<foldCount).map { Problem(strength: strength, fold: $0) } + [Problem(strength: strength, fold: nil)]
        }
        let starts = [[Double]](repeating: Array(repeating: 0, count: moments.mean.count + 2), count: problems.count)
        let minima = try BatchMinimizer().minima(from: starts) { error in
            AdapterError.unsolved(label: rows.label, error)
        } evaluate: { (open, points) throws(AdapterError) in
            try evaluate(open.map { problems[$0] }, at: points)
        }
        let solved = minima.map(solution)
        return strengths.indices.map { place in
            let own = solved[place * (foldCount + 1)..<(place + 1) * (foldCount + 1)]
            return Solutions(withoutFold: own.dropLast(), whole: own[own.endIndex - 1])
        }
    }

    /// What each of `solutions`, by strength and fold, adds to the base scores of the rows of its fold: by strength, one number
    /// per row.
    func outOfFold(_ solutions: [[Solution]]) throws(AdapterError) -> [[Double]] {
        let columns = Panel(rows: moments.mean.count, columns: solutions.joined().map(\.weights))
        let lanes = try rows.passOverFeatures(from: solutions.map { _ in [Double]() }) {
            [rows, folds] scores, block, features in
            let products = features.times(columns)
            for (place, row) in block.enumerated() {
                var first = 0
                for (index, solutions) in solutions.enumerated() {
                    let own = solutions[folds[row]]
                    scores[index].append(
                        products[place, first + folds[row]] + own.slope * Double(rows.baseScores[row]) + own.intercept)
                    first += solutions.count
                }
            }
        }
        return solutions.indices.map { index in lanes.flatMap { $0[index] } }
    }

    private func solution(_ point: [Double]) -> Solution {
        let dimensions = moments.mean.count
        let weights = weights(of: [point]).column(0)
        let (slope, intercept) = (point[dimensions], point[dimensions + 1])
        return Solution(
            weights: weights, slope: slope,
            intercept: intercept - dotProduct(moments.mean[...], weights[...]) - slope * base.means[0])
    }

    /// Vᵀ·(V·u) of each of `points`: `[dimensions x points]`.
    private func weights(of points: [[Double]]) -> Panel {
        let dimensions = moments.mean.count
        return moments.spectrum.vectors.transposedTimes(
            Panel(rows: dimensions, columns: points.map { Array($0[..<dimensions]) }))
    }

    /// The penalised loss of each of `problems` at its point, in one pass.
    private func evaluate(
        _ problems: [Problem], at points: [[Double]]
    ) throws(AdapterError) -> [Evaluation] {
        let columns = weights(of: points)
        let solutions = points.map(solution)
        let start = LogisticSums(dimensions: moments.mean.count, problems: problems.count)
        let lanes = try rows.passOverFeatures(from: start) { [loss, base, folds] sums, block, features in
            sums.add(
                features, products: features.times(columns), rows: block, loss: loss, base: base,
                scores: solutions.map { ($0.slope, $0.intercept) }, leavingOut: problems.map(\.fold), folds: folds)
        }
        let sums = lanes.reduce(start) { $0.adding($1) }
        let gradients = moments.spectrum.vectors.times(
            sums.features.adding(outerProductOf: moments.mean, sums.firsts.map { -$0 }))
        return problems.indices.map { evaluation(problems[$0].strength, at: points[$0], sums, gradients, $0) }
    }

    private func evaluation(
        _ strength: Double, at point: [Double], _ sums: LogisticSums, _ gradients: Panel, _ index: Int
    ) -> Evaluation {
        let dimensions = moments.mean.count
        let penalized = point[...dimensions]
        let firsts = gradients.column(index) + [sums.baseFirsts[index]]
        let curvature = strength * sums.seconds[index] / Double(rows.count)
        return Evaluation(
            value: strength * sums.values[index] + dotProduct(penalized, penalized) / 2,
            gradient: zip(firsts, penalized).map { strength * $0 + $1 } + [strength * sums.firsts[index]],
            scale: moments.spectrum.values.map { 1 + curvature * max($0, 0) }
                + [1 + strength * sums.baseSeconds[index], strength * sums.seconds[index]])
    }
}
