internal import LinearAlgebra
internal import Moderation

/// The ridge regression of training rows, solved for one coefficient per feature: for more rows than dimensions.
///
/// Rows are passed over in blocks, so memory grows with their number by a few words a row. About their means, features and
/// targets have no intercept. With the scatter of the features Xᵀ·X = Vᵀ·diag(λ)·V, the base scores z about their mean and
/// A = (strength·Xᵀ·X + I)⁻¹ = Vᵀ·diag(g)·V, where g = 1/(1 + strength·λ), eliminating u leaves for the base score's v
///
///     κ·v = strength·z̃ᵀ·r,    κ = 1 + strength·z̃ᵀ·z,    z̃ = z - strength·X·A·Xᵀ·z,    u = strength·A·Xᵀ·(r - v·z)
///
/// The errors of a group when left out are N_GG⁻¹·(r - X·u - v·z)_G (see `DualRegression`), where by the same elimination
///
///     N = I - 1·1ᵀ/n - strength·X·A·Xᵀ - (strength/κ)·z̃·z̃ᵀ
struct PrimalRidge {
    private let rows: Rows<Training>
    private let groups: [[Int]]
    private let moments: FeatureMoments

    init(_ rows: Rows<Training>, groups: [[Int]]) throws(AdapterError) {
        self.rows = rows
        self.groups = groups
        moments = try FeatureMoments.shared(by: rows)
    }

    /// The solution of each of `strengths`, which are above 0, for each of `targets`, one number per row.
    func solutions(strengths: [Double], targets: [[Double]]) throws(AdapterError) -> [[RidgeSolution]] {
        let sides = CentredColumns([rows.baseScores.map(Double.init)] + targets)
        let products = try products(with: sides)
        let systems = strengths.map { strength in
            PrimalRidgeSystem(
                strength: strength, eigenvalues: moments.spectrum.values, sides: sides, products: products)
        }
        let errors = try leftOutErrors(LeaveGroupOut(systems, sides: sides, moments: moments))
        return systems.indices.map { system in
            targets.indices.map { solution(systems[system], target: $0, sides, errors[system][$0]) }
        }
    }

    private func solution(
        _ system: PrimalRidgeSystem, target: Int, _ sides: CentredColumns, _ leftOutErrors: [Double]
    ) -> RidgeSolution {
        let coordinates = Panel(rows: moments.mean.count, columns: [system.coordinates[target]])
        let weights = moments.spectrum.vectors.transposedTimes(coordinates).storage
        let slope = system.slopes[target]
        let atMeans = dotProduct(moments.mean[...], weights[...]) + slope * sides.means[0]
        return RidgeSolution(leftOutErrors: leftOutErrors, intercept: sides.means[1 + target] - atMeans) {
            weights + [slope]
        }
    }

    /// V·Xᵀ·s of each column s of `sides`, one column after the other.
    private func products(with sides: CentredColumns) throws(AdapterError) -> [[Double]] {
        let zeros = [[Double]](
            repeating: Array(repeating: 0, count: rows.images.dimensions), count: sides.panel.columns)
        let lanes = try rows.passOverFeatures(from: zeros) { sums, block, features in
            for column in sums.indices {
                features.addTransposedTimes(block.map { sides.panel[$0, column] }, to: &sums[column])
            }
        }
        return zeros.indices.map { column in
            let sums = lanes.reduce(zeros[column]) { zip($0, $1[column]).map { $0 + $1 } }
            return moments.spectrum.vectors.innerProducts(with: Panel(rows: 1, columns: sums.count, storage: sums))
                .storage
        }
    }

    /// The errors of all rows by strength and target, each by the regression without the row's group.
    private func leftOutErrors(_ leaving: LeaveGroupOut) throws(AdapterError) -> [[[Double]]] {
        let lanes = try reading(rows.label) { () throws(EmbeddingsUnreadable) in
            try rows.images.pass(over: groups, from: LeaveGroupOut.Outcome.success([])) { [blocks = rows.blocks] in
                leaving.add(to: &$0, groups: $1, Features.matrix(of: $2, blocks: blocks))
            }
        }
        var found: [Double] = []
        for lane in lanes { found += try solving(rows.label) { () throws(LinearAlgebraError) in try lane.get() } }
        return leaving.arranged(found, rows: groups.flatMap { $0 })
    }
}
