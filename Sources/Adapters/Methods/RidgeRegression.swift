internal import LinearAlgebra
internal import Moderation

/// The ridge regression of training rows, from which systems of several strengths are made.
///
/// The equations are solved for the coefficients (primal) or for one number per row (dual), whichever costs less; both
/// give the same head. What does not depend on the strength is computed once.
enum RidgeRegression {
    /// The design and its Gram matrix.
    case dual(Matrix, gram: SymmetricMatrix, groups: [[Int]])
    case primal(PrimalRidge)

    /// Throws `.classMissing`, `.tooFewGroups` and `.unreadable`.
    init(_ rows: Rows<Training>) throws(AdapterError) {
        let groups = try rows.groupedRows()
        let isDualCheaper = RidgeRegression.isDualCheaper(rows: rows.count, columns: rows.images.dimensions + 1)
        if isDualCheaper && rows.images.isInMemory {
            let design = Features.design(of: rows)
            self = .dual(design, gram: SymmetricMatrix(gramOf: design), groups: groups)
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
    func solutions(
        _ label: Label, strengths: [Double], targets: [[Double]]
    ) throws(AdapterError) -> [[RidgeSolution]] {
        switch self {
        case .primal(let regression): return try regression.solutions(strengths: strengths, targets: targets)
        case .dual(let design, let gram, let groups):
            var solutions: [[RidgeSolution]] = []
            for strength in strengths {
                let system = try solving(label) { () throws(LinearAlgebraError) in
                    try RidgeSystem(
                        dual: design, gram: gram, [Double](repeating: strength, count: design.rows), groups)
                }
                solutions.append(targets.map { system.solve($0) })
            }
            return solutions
        }
    }
}
