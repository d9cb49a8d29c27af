internal import LinearAlgebra

/// A `PrimalRidge` of one strength, solved in the coordinates of the eigenvectors.
struct PrimalRidgeSystem: Sendable {
    /// strength·g, one per eigenvector.
    let gains: [Double]
    /// strength·A·Xᵀ·z: what z̃ lacks of z.
    let baseCoordinates: [Double]
    /// strength/κ.
    let baseGain: Double
    /// u of each target.
    let coordinates: [[Double]]
    /// v of each target.
    let slopes: [Double]

    /// The system of `strength`, which is above 0.
    ///
    /// - Parameters:
    ///   - sides: the base scores, then the targets.
    ///   - products: V·Xᵀ·s of each of them.
    init(strength: Double, eigenvalues: [Double], sides: CentredColumns, products: [[Double]]) {
        // What rounding leaves of an eigenvalue 0 may be below it.
        let gains = eigenvalues.map { strength / (1 + strength * max($0, 0)) }
        let base = products[0]
        let baseCoordinates = zip(gains, base).map { $0 * $1 }
        let baseGain =
            strength / (1 + strength * (sides.product(0, 0) - dotProduct(base[...], baseCoordinates[...])))
        var (coordinates, slopes): ([[Double]], [Double]) = ([], [])
        for (target, own) in products.enumerated().dropFirst() {
            let slope = baseGain * (sides.product(0, target) - dotProduct(own[...], baseCoordinates[...]))
            slopes.append(slope)
            coordinates.append(gains.indices.map { gains[$0] * (own[$0] - slope * base[$0]) })
        }
        self.gains = gains
        self.baseCoordinates = baseCoordinates
        self.baseGain = baseGain
        self.coordinates = coordinates
        self.slopes = slopes
    }
}
