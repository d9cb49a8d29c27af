internal import LinearAlgebra
internal import Moderation

/// The ridge regression of training rows, solved for one coefficient per feature.
///
/// With the design X, its last column of ones, and S = strength · Xᵀ·X + the penalties, the solution for the residuals r is β =
/// strength · S⁻¹·Xᵀ·r. The quantities that leave a group out (see `DualRegression`) are α = strength · (r - X·β) and
/// M_GG = strength · I - strength² · X_G·S⁻¹·X_Gᵀ.
struct PrimalRidge {
    /// The design with a column of ones.
    private let design: Matrix
    /// Xᵀ·X.
    private let moments: SymmetricMatrix
    private let groups: [[Int]]

    init(_ rows: Rows<Training>, groups: [[Int]]) {
        design = Features.design(of: rows).appendingOnes()
        moments = SymmetricMatrix(
            sumOfOuterProductsOf: design, weights: [Double](repeating: 1, count: design.rows))
        self.groups = groups
    }

    /// The solution of `strength` for each of `targets`.
    func solutions(strength: Double, targets: [[Double]]) throws(LinearAlgebraError) -> [RidgeSolution] {
        let penalties = [Double](repeating: 1, count: design.columns - 1) + [0]
        let scales = [Double](repeating: strength.squareRoot(), count: design.columns)
        let factor = try CholeskyFactor(of: moments.scaled(by: scales).adding(diagonal: penalties))
        var blocks: [CholeskyFactor] = []
        for form in factor.inverseForms(of: design, groups: groups) {
            let diagonal = [Double](repeating: strength, count: form.order)
            blocks.append(
                try CholeskyFactor(of: form.mapping { -strength * strength * $0 }.adding(diagonal: diagonal)))
        }
        return targets.map { solution(strength, $0, factor, blocks) }
    }

    private func solution(
        _ strength: Double, _ target: [Double], _ factor: CholeskyFactor, _ blocks: [CholeskyFactor]
    ) -> RidgeSolution {
        let coefficients = factor.solve(design.transposedTimes(target.map { strength * $0 }))
        let predictions = design.times(coefficients)
        let alpha = zip(target, predictions).map { strength * ($0 - $1) }
        var leftOutErrors = alpha
        for (group, block) in zip(groups, blocks) {
            for (row, error) in zip(group, block.solve(group.map { alpha[$0] })) { leftOutErrors[row] = error }
        }
        return RidgeSolution(leftOutErrors: leftOutErrors, intercept: coefficients[coefficients.count - 1]) {
            Array(coefficients.dropLast())
        }
    }
}
