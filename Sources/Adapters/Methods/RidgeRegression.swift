internal import LinearAlgebra
internal import Moderation

/// The ridge regression of training rows for any number of strengths and residuals.
///
/// It is solved for one number per row (dual) or for the coefficients (primal), whichever costs less; both give the same
/// head.
enum RidgeRegression {
    case dual(DualRegression, Rows<Training>)
    case primal(PrimalRidge)

    /// Throws `.classMissing`, `.tooFewGroups` and `.unreadable`.
    init(_ rows: Rows<Training>) throws(AdapterError) {
        let groups = try rows.groupedRows()
        let isDualCheaper = RidgeRegression.isDualCheaper(rows: rows.count, columns: rows.images.dimensions + 1)
        if isDualCheaper && rows.images.isInMemory {
            let regression = rows.images.memo.value("ridge regression") {
                DualRegression(gram: rows.featureGram(), groups: groups, hasIntercept: true)
            }
            self = .dual(regression, rows)
        } else {
            self = .primal(try PrimalRidge(rows, groups: groups))
        }
    }

    /// Whether factor and inverse by rows, n³, cost fewer operations than factor and leverages by columns, d³/3 + n·d².
    static func isDualCheaper(rows: Int, columns: Int) -> Bool {
        let (n, d) = (Double(rows), Double(columns))
        return n * n * n < d * d * d / 3 + n * d * d
    }

    /// The solution for each of `strengths`, which are above 0, and each of `targets`, one number per row.
    func solutions(strengths: [Double], targets: [[Double]]) throws(AdapterError) -> [[RidgeSolution]] {
        switch self {
        case .primal(let regression): try regression.solutions(strengths: strengths, targets: targets)
        case .dual(let regression, let rows):
            try solving(rows.label) { () throws(LinearAlgebraError) in
                let systems = try regression.systems(of: strengths, name: "ridge regression", memo: rows.images.memo)
                let feature = rows.baseScores.map(Double.init)
                return try regression.solutions(of: systems, targets: targets, feature: feature).map { solutions in
                    solutions.map { RidgeSolution($0, of: rows) }
                }
            }
        }
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
