internal import LinearAlgebra
internal import Moderation

/// The logistic regression of training rows, solved for subsets of them and for several strengths.
///
/// Newton's method works on the coefficients (primal) or on one number per row (dual), whichever costs less; both reach
/// the same minimum. The Gram matrix of the dual is computed once for all subsets.
struct AnchoredLogisticRegression {
    private let label: Label
    private let blocks: [Int]
    private let loss: LogisticLoss
    private let form: Form

    private enum Form {
        /// The design with a column of ones.
        case primal(Matrix)
        /// The design and its Gram matrix.
        case dual(Matrix, gram: SymmetricMatrix)
    }

    init(_ rows: Rows<Training>) {
        label = rows.label
        blocks = rows.blocks
        let design = Features.design(of: rows)
        loss = LogisticLoss(
            offsets: rows.baseScores.map(Double.init), targets: rows.truth.map { $0 ? 1 : 0 },
            weights: rows.balancedWeights)
        form =
            AnchoredLogisticRegression.isDualCheaper(rows: design.rows, columns: design.columns)
            ? .dual(design, gram: SymmetricMatrix(gramOf: design)) : .primal(design.appendingOnes())
    }

    /// Whether a Newton step costs fewer operations by rows, n³/3, than by columns, n·d² + d³/3.
    static func isDualCheaper(rows: Int, columns: Int) -> Bool {
        let (n, d) = (Double(rows), Double(columns))
        return n * n * n / 3 < n * d * d + d * d * d / 3
    }

    /// What is added to the base score of every row, for each of `strengths`, fitted to the rows at `subset` alone.
    func functions(of subset: [Int], strengths: [Double]) throws(AdapterError) -> [[Double]] {
        let loss = loss.selecting(subset)
        switch form {
        case .primal(let design):
            let selected = design.selecting(rows: subset)
            return try minima(of: strengths, unknowns: design.columns) { primal(selected, loss, strength: $0) }
                .map { design.times($0) }
        case .dual(_, let gram):
            let selected = gram.selecting(subset)
            let points = try minima(of: strengths, unknowns: subset.count + 1) {
                DualLogisticLoss(gram: selected, loss: loss.scaled(by: $0))
            }
            return points.map { point in
                var alpha = [Double](repeating: 0, count: gram.order)
                for (row, value) in zip(subset, point) { alpha[row] = value }
                return gram.times(alpha).map { $0 + point[subset.count] }
            }
        }
    }

    /// The head of all rows.
    func head(strength: Double) throws(AdapterError) -> LinearHead {
        switch form {
        case .primal(let design):
            let points = try minima(of: [strength], unknowns: design.columns) { primal(design, loss, strength: $0) }
            return LinearHead(
                movingBaseBy: points[0].dropLast(), intercept: points[0][design.columns - 1], blocks: blocks)
        case .dual(let design, let gram):
            let points = try minima(of: [strength], unknowns: gram.order + 1) {
                DualLogisticLoss(gram: gram, loss: loss.scaled(by: $0))
            }
            let coefficients = design.transposedTimes(Array(points[0].dropLast()))
            return LinearHead(movingBaseBy: coefficients, intercept: points[0][gram.order], blocks: blocks)
        }
    }

    private func primal(_ design: Matrix, _ loss: LogisticLoss, strength: Double) -> PrimalLogisticLoss {
        let penalties = [Double](repeating: 1, count: design.columns - 1) + [0]
        return PrimalLogisticLoss(design: design, loss: loss.scaled(by: strength), penalties: penalties)
    }

    /// The minimum for each of `strengths`, each search starting from the minimum of the one before.
    private func minima(
        of strengths: [Double], unknowns: Int, function: (Double) -> some SmoothConvexFunction
    ) throws(AdapterError) -> [[Double]] {
        var minima: [[Double]] = []
        for strength in strengths {
            let start = minima.last ?? Array(repeating: 0, count: unknowns)
            let minimum = try solving(label) { () throws(LinearAlgebraError) in
                try Minimizer().minimum(of: function(strength), from: start)
            }
            minima.append(minimum)
        }
        return minima
    }
}
