internal import LinearAlgebra
internal import Moderation

/// Mean and scatter of the features of training images: what solving by columns needs of them, whatever the label.
struct FeatureMoments: Sendable {
    /// The mean m of the features x.
    let mean: [Double]
    /// Of the scatter Σ (x - m)·(x - m)ᵀ, whose eigenvectors are the rows of V.
    let spectrum: Spectrum

    /// Those of `rows`, taken from the memo of their images where they are there.
    static func shared(by rows: Rows<Training>) throws(AdapterError) -> FeatureMoments {
        try rows.images.memo.value("moments of features") { () throws(AdapterError) in try FeatureMoments(rows) }
    }

    private struct Sums {
        var features: [Double]
        var outerProducts: SymmetricMatrix
    }

    private init(_ rows: Rows<Training>) throws(AdapterError) {
        let dimensions = rows.images.dimensions
        let start = Sums(
            features: Array(repeating: 0, count: dimensions), outerProducts: SymmetricMatrix(order: dimensions))
        let lanes = try rows.passOverFeatures(from: start) { sums, _, features in
            let ones = Panel(rows: features.rows, columns: [Array(repeating: 1, count: features.rows)])
            let total = features.transposedTimes(ones).storage
            sums.features = zip(sums.features, total).map { $0 + $1 }
            sums.outerProducts.add(outerProductsOf: features)
        }
        let sums = lanes.dropFirst().reduce(lanes.first ?? start) { sums, next in
            Sums(
                features: zip(sums.features, next.features).map { $0 + $1 },
                outerProducts: sums.outerProducts.adding(next.outerProducts, times: 1))
        }
        let count = Double(rows.count)
        let mean = sums.features.map { $0 / count }
        self.mean = mean
        spectrum = try solving(rows.label) { () throws(LinearAlgebraError) in
            try Spectrum(of: sums.outerProducts.adding(outerProductOf: mean, times: -count))
        }
    }
}

extension Rows {
    /// A pass over the features of all rows: see `EmbeddingSet.pass`.
    func passOverFeatures<Partial: Sendable>(
        from start: Partial, _ add: @Sendable (inout Partial, Range<Int>, Panel) -> Void
    ) throws(AdapterError) -> [Partial] {
        try reading(label) { () throws(EmbeddingsUnreadable) in
            try images.pass(from: start) { [blocks] in
                add(&$0, $1, Panel(Features.matrix(of: $2, blocks: blocks)))
            }
        }
    }
}
