internal import LinearAlgebra
internal import Moderation

/// The ridge regression of training rows for any number of strengths and residuals.
///
/// It is solved for one number per row (dual) or for the coefficients (primal), whichever costs less; both give the same
/// head.
enum RidgeRegression {
    case dual(DualRegression, Rows<Training>)
    case primal(PrimalRidge)

    /// Throws `.classMissing` and `.tooFewGroups`.
    init(_ rows: Rows<Training>) throws(AdapterError) {
        let groups = try rows.groupedRows()
        if RidgeRegression.isDualCheaper(rows: rows.count, columns: rows.embeddings.columns + 1) {
            let regression = rows.images.memo.value("ridge regression") {
                DualRegression(gram: rows.featureGram(), groups: groups, hasIntercept: true)
            }
            self = .dual(regression, rows)
        } else {
            self = .primal(PrimalRidge(rows, groups: groups))
        }
    }

    /// Whether factor and inverse by rows, n³, cost fewer operations than factor and leverages by columns, d³/3 + n·d².
    static func isDualCheaper(rows: Int, columns: Int) -> Bool {
        let (n, d) = (Double(rows), Double(columns))
        return n * n * n < d * d * d / 3 + n * d * d
    }

    /// The solution for each of `strengths`, which are above 0, and each of `targets`, one number per row.
    func solutions(strengths: [Double], targets: [[Double]]) throws(LinearAlgebraError) -> [[RidgeSolution]] {
        var solutions: [[RidgeSolution]] = []
        switch self {
        case .primal(let regression):
            for strength in strengths {
                solutions.append(try regression.solutions(strength: strength, targets: targets))
            }
        case .dual(let regression, let rows):
            let systems = try regression.systems(
                of: strengths, name: "ridge regression", memo: rows.images.memo)
            let feature = rows.baseScores.map(Double.init)
            for dual in try regression.solutions(of: systems, targets: targets, feature: feature) {
                solutions.append(dual.map { RidgeSolution($0, of: rows) })
            }
        }
        return solutions
    }
}

/// A fitted ridge regression.
struct RidgeSolution {
    /// Target minus prediction of each row, by the regression without the row's group.
    let leftOutErrors: [Double]
    let intercept: Double
    /// One per feature, then the base score's; computed when asked for, as few solutions are chosen.
    let coefficients: () -> [Double]
}

extension RidgeSolution {
    /// The coefficients of `dual` are u = Xᵀ·α for the features X of `rows`.
    fileprivate init(_ dual: DualSolution, of rows: Rows<Training>) {
        self.init(leftOutErrors: dual.leftOutErrors, intercept: dual.intercept) {
            rows.features().transposedTimes(dual.alpha) + [dual.slope]
        }
    }
}
