internal import LinearAlgebra
internal import Moderation

/// Sums over rows of the losses of several logistic regressions, and of their derivatives.
struct LogisticSums: Sendable {
    /// Σ of the losses.
    var values: [Double]
    /// Σ r, for the first derivatives r in the margins.
    var firsts: [Double]
    /// Σ r·z, for the base scores z about their mean.
    var baseFirsts: [Double]
    /// Σ r·x of the features x: `[dimensions x problems]`.
    var features: Panel
    /// Σ h, for the second derivatives h.
    var seconds: [Double]
    /// Σ h·z².
    var baseSeconds: [Double]

    init(dimensions: Int, problems: Int) {
        let zeros = [Double](repeating: 0, count: problems)
        (values, firsts, baseFirsts, seconds, baseSeconds) = (zeros, zeros, zeros, zeros, zeros)
        features = Panel(rows: dimensions, columns: problems)
    }

    func adding(_ other: LogisticSums) -> LogisticSums {
        var sum = self
        sum.values = zip(values, other.values).map { $0 + $1 }
        sum.firsts = zip(firsts, other.firsts).map { $0 + $1 }
        sum.baseFirsts = zip(baseFirsts, other.baseFirsts).map { $0 + $1 }
        sum.features = features.adding(other.features)
        sum.seconds = zip(seconds, other.seconds).map { $0 + $1 }
        sum.baseSeconds = zip(baseSeconds, other.baseSeconds).map { $0 + $1 }
        return sum
    }

    /// Adds a block of `rows`.
    ///
    /// - Parameters:
    ///   - products: x·u of each row and problem: `[rows x problems]`.
    ///   - scores: what the base score is multiplied by, and what is added, of each problem.
    ///   - folds: the fold of each row; a problem is not about the rows of the fold it leaves out.
    mutating func add(
        _ features: Panel, products: Panel, rows: Range<Int>, loss: LogisticLoss, base: CentredColumns,
        scores: [(slope: Double, intercept: Double)], leavingOut: [Int?], folds: [Int]
    ) {
        var derivatives = products
        for (place, row) in rows.enumerated() {
            let (offset, centred) = (loss.offsets[row], base.panel[row, 0])
            for (problem, score) in scores.enumerated() {
                guard leavingOut[problem] != folds[row] else {
                    derivatives[place, problem] = 0
                    continue
                }
                let function = products[place, problem] + score.slope * offset + score.intercept
                let (value, first, second) = loss.at(row, function: function)
                derivatives[place, problem] = first
                values[problem] += value
                firsts[problem] += first
                baseFirsts[problem] += first * centred
                seconds[problem] += second
                baseSeconds[problem] += second * centred * centred
            }
        }
        self.features = self.features.adding(features.transposedTimes(derivatives))
    }
}
