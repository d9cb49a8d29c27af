internal import LinearAlgebra
internal import Moderation

/// A kernel ridge regression of one gamma for several strengths.
///
/// Each strength is inverted by itself, or all are had from one tridiagonal form, whichever costs less; both give the same
/// head, but for rounding. What no label changes is shared by the labels of the same images.
struct KernelRegression {
    let images: EmbeddingSet<Training>
    let gamma: Double
    /// The rows of each group.
    let groups: [[Int]]

    /// Whether a tridiagonal form costs less than factor and inverse of so many strengths: 8/3·n³ operations, of which some
    /// run at the speed of memory, against n³ each; 83 ms against 29 at 1,103 rows.
    static func isFormCheaper(strengths: Int) -> Bool { strengths >= 3 }

    /// The solution of each of `strengths`, which are above 0, for `targets` when the kernel has u·uᵀ added, u being
    /// `offsets`.
    func solutions(
        strengths: [Double], targets: [Double], offsets: [Double]
    ) throws(LinearAlgebraError) -> [KernelSolution] {
        if KernelRegression.isFormCheaper(strengths: strengths.count) {
            return try solutionsByForm(strengths, targets, offsets)
        }
        var solutions: [KernelSolution] = []
        for strength in strengths {
            let system = try KernelSystem.shared(by: images, gamma: gamma, strength: strength)
            solutions.append(try system.solve(targets, offsets: offsets, groups: groups))
        }
        return solutions
    }

    private func solutionsByForm(
        _ strengths: [Double], _ targets: [Double], _ offsets: [Double]
    ) throws(LinearAlgebraError) -> [KernelSolution] {
        let name = "kernel regression \(gamma)"
        let regression = images.memo.value(name) {
            DualRegression(
                gram: KernelSystem.kernel(of: images, gamma: gamma), groups: groups, hasIntercept: false)
        }
        let systems = try regression.systems(of: strengths, name: name, memo: images.memo)
        return try regression.solutions(of: systems, targets: [targets], feature: offsets).map { solved in
            KernelSolution(
                coefficients: solved[0].alpha, leftOutScores: zip(targets, solved[0].leftOutErrors).map { $0 - $1 })
        }
    }
}
