internal import LinearAlgebra
internal import Moderation

/// Regularised least squares in dual variables, one per training row, for any number of strengths, labels and targets.
///
/// The solution for the targets r is α = M·r. With the Gram or kernel matrix K that all labels share, B = (K + I/strength)⁻¹
/// and a feature z of the label's own,
///
///     M = B - w·wᵀ - v·vᵀ,    w = B·1/√(1ᵀ·B·1),    v = N·z/√(1 + zᵀ·N·z),    N = B - w·wᵀ:
///
/// the free intercept, which makes α sum to 0, and the feature are changes of rank one (Sherman and Morrison 1950, the
/// intercept as the limit of a constant feature without penalty). Let r' be r, but for the rows of a group G the
/// predictions of the regression without G. That regression solves the whole system for r' with α_G = 0, as its rows of the
/// system hold by definition. M being linear, α_G = M_GG·(r - r')_G, so
///
///     the errors of G when left out = M_GG⁻¹·α_G
///
/// exactly, with one group as with any, intercept included (for single rows the leave-one-out of Allen 1974; for groups in
/// this form Pahikkala, Boberg and Salakoski 2006).
///
/// K is brought to its tridiagonal form once; a strength then costs a few n² operations, a label's targets fewer.
struct DualRegression: Sendable {
    /// The row numbers, group after group: the order in which everything below stands.
    private let order: [Int]
    /// The number of rows of each group.
    let groupSizes: [Int]
    /// The form of K.
    let form: TridiagonalForm
    /// The vector of ones in the form's coordinates; `nil` without an intercept.
    let ones: [Double]?

    /// The regression on rows whose Gram or kernel matrix is `gram`, of which each of `groups` lists some.
    init(gram: consuming SymmetricMatrix, groups: [[Int]], hasIntercept: Bool) {
        order = groups.flatMap { $0 }
        groupSizes = groups.map(\.count)
        form = TridiagonalForm(of: gram.selecting(order))
        ones = hasIntercept ? form.coordinates(of: [[Double](repeating: 1, count: order.count)])[0] : nil
    }

    /// The system of each of `strengths`, which are above 0, kept in `memo` after the `name` of the regression.
    func systems(of strengths: [Double], name: String, memo: Memo) throws(LinearAlgebraError) -> [DualSystem] {
        var systems: [DualSystem] = []
        for strength in strengths {
            systems.append(
                try memo.value("\(name), strength \(strength)") { () throws(LinearAlgebraError) in
                    try DualSystem(self, strength: strength)
                })
        }
        return systems
    }

    /// The solution of each of `systems` for each of `targets`, when the rows have `feature` besides.
    func solutions(
        of systems: [DualSystem], targets: [[Double]], feature: [Double]
    ) throws(LinearAlgebraError) -> [[DualSolution]] {
        let sorted = ([feature] + targets).map { vector in order.map { vector[$0] } }
        let coordinates = form.coordinates(of: sorted)
        let reduced = systems.map { $0.solve(targets: Array(coordinates[1...]), feature: coordinates[0]) }
        // All vectors at once: the form is read as seldom as can be.
        var vectors = form.vectors(at: reduced.flatMap { [$0.change] + $0.alphas })[...]
        var solutions: [[DualSolution]] = []
        for (system, reduced) in zip(systems, reduced) {
            let change = vectors.removeFirst()
            let alphas = Array(vectors.prefix(targets.count))
            vectors = vectors.dropFirst(targets.count)
            let errors = try system.blocks.subtracting(outerProductOf: change).solve(all: alphas)
            solutions.append(
                targets.indices.map { target in
                    DualSolution(
                        alpha: unsorted(alphas[target]), slope: reduced.slopes[target],
                        intercept: reduced.intercepts[target], leftOutErrors: unsorted(errors[target]))
                })
        }
        return solutions
    }

    /// `values` in the order of the rows again.
    private func unsorted(_ values: [Double]) -> [Double] {
        var result = values
        for (value, row) in zip(values, order) { result[row] = value }
        return result
    }
}

/// A regression of one strength, label and target, solved.
struct DualSolution {
    /// One per row.
    let alpha: [Double]
    /// The coefficient of the label's own feature.
    let slope: Double
    let intercept: Double
    /// Target minus prediction of each row, by the regression without the row's group.
    let leftOutErrors: [Double]
}
