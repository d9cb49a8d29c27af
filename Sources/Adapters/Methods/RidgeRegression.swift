internal import LinearAlgebra
internal import Moderation

/// The ridge regression of training rows, from which systems of several strengths are made.
///
/// The equations are solved for the coefficients (primal) or for one number per row (dual), whichever costs less; both
/// give the same head. What does not depend on the strength is computed once.
struct RidgeRegression {
    private let weights: [Double]
    private let form: Form

    private enum Form {
        /// The design with a column of ones, and the weighted sum of its rows' outer products.
        case primal(Matrix, moments: SymmetricMatrix)
        /// The design and its Gram matrix.
        case dual(Matrix, gram: SymmetricMatrix)
    }

    init(_ rows: Rows<Training>) {
        let design = Features.design(of: rows)
        weights = rows.balancedWeights
        if RidgeRegression.isDualCheaper(rows: design.rows, columns: design.columns) {
            form = .dual(design, gram: SymmetricMatrix(gramOf: design))
        } else {
            let extended = design.appendingOnes()
            form = .primal(extended, moments: SymmetricMatrix(sumOfOuterProductsOf: extended, weights: weights))
        }
    }

    /// Whether factor and inverse by rows, n³, cost fewer operations than factor and leverages by columns, d³/3 + n·d².
    static func isDualCheaper(rows: Int, columns: Int) -> Bool {
        let (n, d) = (Double(rows), Double(columns))
        return n * n * n < d * d * d / 3 + n * d * d
    }

    /// The factorised system of `strength`, which is above 0, with what leaving out each of `groups` needs.
    func system(strength: Double, groups: [[Int]]) throws(LinearAlgebraError) -> RidgeSystem {
        let precisions = weights.map { $0 * strength }
        switch form {
        case .primal(let design, let moments):
            return try RidgeSystem(primal: design, moments: moments, strength: strength, precisions, groups)
        case .dual(let design, let gram):
            return try RidgeSystem(dual: design, gram: gram, precisions, groups)
        }
    }
}
