internal import LinearAlgebra

/// A ridge regression of one strength, factorised: solves for any residuals, and says what each group's errors would be
/// had the group been left out.
///
/// With the precisions pᵢ = strength · wᵢ, P = diag(p), K = X·Xᵀ and A = K + P⁻¹, the solution is u = Xᵀ·α where
/// α = M·r, M = A⁻¹ - A⁻¹·1·1ᵀ·A⁻¹/(1ᵀ·A⁻¹·1): the bordered system whose last row makes the free intercept's α sum to 0. Let r'
/// be r, but for the rows of a group G the predictions of the regression without G. That regression solves the whole
/// system for r' with α_G = 0, as its rows of the system hold by definition. M being linear, α_G = M_GG (r - r')_G, so
///
///     the errors of G when left out = M_GG⁻¹·α_G
///
/// exactly, with one group as with any, intercept and weights included (for single rows the leave-one-out of Allen 1974;
/// for groups in this form Pahikkala, Boberg and Salakoski 2006). In the primal, with S = Xᵀ·P·X + the penalties, the same
/// quantities are α = P·(r - X·β) and M_GG = P_G - P_G·X_G·S⁻¹·X_Gᵀ·P_G.
struct RidgeSystem {
    private let form: Form
    private let groups: [[Int]]
    /// The factor of M_GG of each group.
    private let blocks: [CholeskyFactor]

    private enum Form {
        /// The design, the factor of A, and A⁻¹·1.
        case dual(design: Matrix, factor: CholeskyFactor, border: [Double])
    }

    init(
        dual design: Matrix, gram: SymmetricMatrix, _ precisions: [Double], _ groups: [[Int]]
    ) throws(LinearAlgebraError) {
        let factor = try CholeskyFactor(of: gram.adding(diagonal: precisions.map { 1 / $0 }))
        let border = factor.solve([Double](repeating: 1, count: design.rows))
        let total = border.reduce(0, +)
        let inverse = factor.inverse()
        form = .dual(design: design, factor: factor, border: border)
        self.groups = groups
        blocks = try factors(of: groups) { group, row, column in
            let (first, second) = (groups[group][row], groups[group][column])
            return inverse[first, second] - border[first] * border[second] / total
        }
    }

    /// The solution for `residuals`, one per row.
    func solve(_ residuals: [Double]) -> RidgeSolution {
        let (alpha, coefficients, intercept) = solved(residuals)
        var leftOutErrors = [Double](repeating: 0, count: residuals.count)
        for (group, block) in zip(groups, blocks) {
            for (row, error) in zip(group, block.solve(group.map { alpha[$0] })) { leftOutErrors[row] = error }
        }
        return RidgeSolution(leftOutErrors: leftOutErrors, intercept: intercept) { coefficients }
    }

    private func solved(_ residuals: [Double]) -> (alpha: [Double], coefficients: [Double], intercept: Double) {
        switch form {
        case .dual(let design, let factor, let border):
            let solution = factor.solve(residuals)
            let intercept = solution.reduce(0, +) / border.reduce(0, +)
            let alpha = zip(solution, border).map { $0 - intercept * $1 }
            return (alpha, design.transposedTimes(alpha), intercept)
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

/// The factor of one symmetric block per group, whose elements are given by group, row and column within it.
private func factors(
    of groups: [[Int]], element: (Int, Int, Int) -> Double
) throws(LinearAlgebraError) -> [CholeskyFactor] {
    var factors: [CholeskyFactor] = []
    for (group, members) in groups.enumerated() {
        var block = SymmetricMatrix(order: members.count)
        for row in members.indices {
            for column in 0...row { block[row, column] = element(group, row, column) }
        }
        factors.append(try CholeskyFactor(of: block))
    }
    return factors
}
