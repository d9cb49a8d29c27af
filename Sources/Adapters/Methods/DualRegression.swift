internal import LinearAlgebra
internal import Moderation

/// Regularised least squares in dual variables, one per training row, for any number of strengths, labels and targets.
///
/// The solution for the targets r is α = M·r. With the Gram or kernel matrix K that all labels share, centred on both sides
/// where there is a free intercept, which makes α sum to 0, B = (K + I/strength)⁻¹ and a feature z of the label's own,
///
///     M = N - v·vᵀ,    v = N·z/√(1 + zᵀ·N·z),    N = B or, with an intercept, B less its part along 1:
///
/// the feature is a change of rank one (Sherman and Morrison 1950). Let r' be r, but for the rows of a group G the
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
    /// The form of K or, with an intercept, of K + level/n · 1·1ᵀ.
    let form: TridiagonalForm
    /// What is added to the eigenvalue that centring made 0: it must not stand out from the others, or taking its part off
    /// again would cost digits. 0 without an intercept.
    let level: Double
    /// With a free intercept, the mean of each row of K before it was centred.
    private let means: [Double]?

    var hasIntercept: Bool { means != nil }

    /// The regression on rows whose Gram or kernel matrix is `gram`, of which each of `groups` lists some.
    init(gram: consuming SymmetricMatrix, groups: [[Int]], hasIntercept: Bool) {
        order = groups.flatMap { $0 }
        groupSizes = groups.map(\.count)
        let sorted = gram.selecting(order)
        means = hasIntercept ? sorted.rowMeans : nil
        guard hasIntercept else {
            level = 0
            form = TridiagonalForm(of: sorted)
            return
        }
        let count = Double(max(order.count, 1))
        let centred = sorted.centred()
        level = centred.diagonal.reduce(0, +) / count
        form = TridiagonalForm(
            of: centred.adding(outerProductOf: [Double](repeating: 1, count: order.count), times: level / count))
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
        let coordinates = form.coordinates(of: ([feature] + targets).map(prepared))
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
                targets.indices.map { index in
                    let slope = reduced.slopes[index]
                    return DualSolution(
                        alpha: unsorted(alphas[index]), slope: slope,
                        intercept: intercept(alphas[index], slope, target: targets[index], feature: feature),
                        leftOutErrors: unsorted(errors[index]))
                })
        }
        return solutions
    }

    /// `values`, one per row, group after group, and with an intercept less their mean.
    private func prepared(_ values: [Double]) -> [Double] {
        let values = hasIntercept ? values.centred() : values
        return order.map { values[$0] }
    }

    /// The mean of what the rest of the regression leaves of the target.
    private func intercept(_ alpha: [Double], _ slope: Double, target: [Double], feature: [Double]) -> Double {
        guard let means else { return 0 }
        let rest = zip(target, feature).reduce(0) { $0 + $1.0 - slope * $1.1 } / Double(target.count)
        return rest - zip(means, alpha).reduce(0) { $0 + $1.0 * $1.1 }
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
