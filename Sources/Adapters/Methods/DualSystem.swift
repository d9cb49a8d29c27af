internal import LinearAlgebra

/// A `DualRegression` of one strength: what of it no label changes.
struct DualSystem: Sendable {
    /// The block of N of each group.
    let blocks: SymmetricBlocks
    /// The factor of T + 1/strength: B in the form's coordinates.
    private let factor: TridiagonalFactor

    /// The system of `strength`, which is above 0.
    init(_ regression: DualRegression, strength: Double) throws(LinearAlgebraError) {
        let form = regression.form
        factor = try TridiagonalFactor(of: form, shift: 1 / strength)
        let blocks = factor.inverseBlocks(of: form, sizes: regression.groupSizes)
        // The eigenvalue along 1 is the level: that part of the inverse goes.
        let constant = (1 / (regression.level + 1 / strength) / Double(form.order)).squareRoot()
        self.blocks =
            regression.hasIntercept
            ? blocks.subtracting(outerProductOf: [Double](repeating: constant, count: form.order)) : blocks
    }

    /// The solutions for `targets` in the form's coordinates, as is `feature`, and v, by whose outer product the feature
    /// changes M; with an intercept, all are of vectors of mean 0, for which N is B.
    func solve(
        targets: [[Double]], feature: [Double]
    ) -> (change: [Double], alphas: [[Double]], slopes: [Double]) {
        let moved = factor.solve(feature)
        let length = (1 + product(feature, moved)).squareRoot()
        let change = moved.map { $0 / length }
        let alphas = targets.map { target in
            let share = product(change, target)
            return zip(factor.solve(target), change).map { $0 - share * $1 }
        }
        return (change, alphas, alphas.map { product(feature, $0) })
    }

    private func product(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
