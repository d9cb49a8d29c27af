internal import LinearAlgebra

/// A `DualRegression` of one strength: what of it no label changes.
struct DualSystem: Sendable {
    /// The blocks of N = B - w·wᵀ of each group.
    let blocks: SymmetricBlocks
    /// The factor of T + 1/strength: B in the form's coordinates.
    private let factor: TridiagonalFactor
    /// The intercept's w in the form's coordinates, and √(1ᵀ·B·1); zeros without an intercept.
    private let border: (direction: [Double], length: Double)

    /// The system of `strength`, which is above 0.
    init(_ regression: DualRegression, strength: Double) throws(LinearAlgebraError) {
        let form = regression.form
        factor = try TridiagonalFactor(of: form, shift: 1 / strength)
        let blocks = factor.inverseBlocks(of: form, sizes: regression.groupSizes)
        guard let ones = regression.ones else {
            border = ([Double](repeating: 0, count: form.order), 0)
            self.blocks = blocks
            return
        }
        let solved = factor.solve(ones)
        let length = product(ones, solved).squareRoot()
        border = (solved.map { $0 / length }, length)
        self.blocks = blocks.subtracting(outerProductOf: form.vectors(at: [border.direction])[0])
    }

    /// The solutions for `targets` in the form's coordinates, as is `feature`, and v, by whose outer product the feature
    /// changes M.
    func solve(
        targets: [[Double]], feature: [Double]
    ) -> (change: [Double], alphas: [[Double]], slopes: [Double], intercepts: [Double]) {
        let moved = times(feature)
        let length = (1 + product(feature, moved)).squareRoot()
        let change = moved.map { $0 / length }
        let alphas = targets.map { target in
            subtracting(change, times: product(change, target), from: times(target))
        }
        let slopes = alphas.map { product(feature, $0) }
        let intercepts = zip(targets, slopes).map { target, slope in
            border.length > 0
                ? (product(border.direction, target) - slope * product(border.direction, feature)) / border.length : 0
        }
        return (change, alphas, slopes, intercepts)
    }

    /// N·x, in the form's coordinates.
    private func times(_ vector: [Double]) -> [Double] {
        subtracting(border.direction, times: product(border.direction, vector), from: factor.solve(vector))
    }
}

private func product(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for (left, right) in zip(left, right) { sum += left * right }
    return sum
}

private func subtracting(_ vector: [Double], times factor: Double, from other: [Double]) -> [Double] {
    zip(other, vector).map { $0 - factor * $1 }
}
