internal import LinearAlgebra

/// The errors of groups of rows by the ridge regressions without them, of several strengths and targets at once.
struct LeaveGroupOut: Sendable {
    private let systems: [PrimalRidgeSystem]
    private let sides: CentredColumns
    private let moments: FeatureMoments
    /// strength·g of each system, `[systems x dimensions]`.
    private let gains: Panel
    /// Of each system, what z̃ lacks of z and u of each target, `[any x dimensions]`.
    private let vectors: Panel

    /// For each row, its errors by system and target.
    typealias Outcome = Result<[Double], LinearAlgebraError>

    init(_ systems: [PrimalRidgeSystem], sides: CentredColumns, moments: FeatureMoments) {
        self.systems = systems
        self.sides = sides
        self.moments = moments
        let dimensions = moments.mean.count
        gains = Panel(rows: systems.count, columns: dimensions, storage: systems.flatMap(\.gains))
        let vectors = systems.flatMap { [$0.baseCoordinates] + $0.coordinates }
        self.vectors = Panel(rows: vectors.count, columns: dimensions, storage: vectors.flatMap { $0 })
    }

    private var targets: Int { sides.panel.columns - 1 }

    /// Adds the errors of `groups`, whose rows have `features`, one group after the other.
    func add(to outcome: inout Outcome, groups: ArraySlice<[Int]>, _ features: Matrix) {
        guard case .success(var errors) = outcome else { return }
        outcome = .success([])
        // Xᵀ in the coordinates of the eigenvectors.
        let rows = Panel(features, about: moments.mean).times(transposed: moments.spectrum.vectors)
        let moved = rows.innerProducts(with: vectors)
        outcome = Outcome { () throws(LinearAlgebraError) in
            var first = 0
            for group in groups {
                let places = first..<first + group.count
                errors += try self.errors(of: group, forms: rows.forms(of: places, weights: gains), moved, from: first)
                first = places.upperBound
            }
            return errors
        }
    }

    /// The errors of `group`, whose rows stand in `moved` from `first` on: row by row, by system and target.
    private func errors(
        of group: [Int], forms: [SymmetricMatrix], _ moved: Panel, from first: Int
    ) throws(LinearAlgebraError) -> [Double] {
        let width = systems.count * targets
        var errors = [Double](repeating: 0, count: group.count * width)
        for (index, system) in systems.enumerated() {
            let column = index * (1 + targets)
            let base = group.indices.map { sides.panel[group[$0], 0] - moved[first + $0, column] }
            let factor = try CholeskyFactor(of: block(forms[index], base: base, gain: system.baseGain))
            let residuals = (0..<targets).map { target in
                group.indices.map { place in
                    let row = group[place]
                    let predicted =
                        moved[first + place, column + 1 + target] + system.slopes[target] * sides.panel[row, 0]
                    return sides.panel[row, 1 + target] - predicted
                }
            }
            for (target, solved) in factor.solve(all: residuals).enumerated() {
                for (place, error) in solved.enumerated() { errors[place * width + index * targets + target] = error }
            }
        }
        return errors
    }

    /// N_GG, for the strength·X·A·Xᵀ of its rows.
    private func block(_ form: SymmetricMatrix, base: [Double], gain: Double) -> SymmetricMatrix {
        var block = form.adding(outerProductOf: base, times: gain).mapping { -$0 - 1 / Double(sides.panel.rows) }
        for place in base.indices { block[place, place] += 1 }
        return block
    }

    /// `errors`, as `add` leaves them for `rows`, by system and target, rows in order.
    func arranged(_ errors: [Double], rows: [Int]) -> [[[Double]]] {
        let width = systems.count * targets
        return systems.indices.map { system in
            (0..<targets).map { target in
                var arranged = [Double](repeating: 0, count: rows.count)
                for (place, row) in rows.enumerated() {
                    arranged[row] = errors[place * width + system * targets + target]
                }
                return arranged
            }
        }
    }
}
