internal import LinearAlgebra
internal import Moderation

/// The inner products K = X̄·X̄ᵀ of the centred features of training rows, as what they make of vectors.
///
/// A free intercept takes up whatever is the same for all rows, so centring changes no minimum; it leaves out the largest
/// eigenvalue of K, the features' mean, and with it a digit of rounding. Products are of `Float`.
struct FeatureKernel: Sendable {
    private let form: Form

    private enum Form {
        /// K itself.
        case gram(Matrix)
        /// X, as it is.
        case features(Matrix)
    }

    /// The kernel of the images of `rows`, which labels of the same images share.
    init(_ rows: Rows<Training>) {
        form =
            FeatureKernel.isGramCheaper(rows: rows.count, columns: rows.embeddings.columns)
            ? .gram(rows.images.memo.value("centred gram of features") { Matrix(rows.featureGram().centred()) })
            : .features(rows.features())
    }

    /// Whether a product with K takes fewer operations, 2n², than two with X, 4n·d.
    static func isGramCheaper(rows: Int, columns: Int) -> Bool { rows <= 2 * columns }

    /// K·v for each v of `vectors`, whose elements sum to 0; there is at least one.
    func times(_ vectors: [[Double]]) -> [[Double]] {
        let panel = FeatureKernel.panel(vectors)
        let products: Matrix
        switch form {
        case .gram(let gram): products = panel.times(gram)
        case .features(let features): products = panel.times(features).times(transposed: features)
        }
        return vectors.indices.map { place in
            let product = products.row(place).map(Double.init)
            guard case .features = form else { return product }
            return product.centred()
        }
    }

    /// The vectors as rows, and as many rows of zeros as make their number a multiple of 4: the
    /// kernels of OpenBLAS take a panel of 8 rows in less time than one of 5.
    private static func panel(_ vectors: [[Double]]) -> Matrix {
        let columns = vectors[0].count
        var storage: [Float] = []
        storage.reserveCapacity((vectors.count + 3) / 4 * 4 * columns)
        for vector in vectors { storage.append(contentsOf: vector.lazy.map { Float($0) }) }
        storage.append(contentsOf: repeatElement(0, count: (4 - vectors.count % 4) % 4 * columns))
        return Matrix(rows: storage.count / max(columns, 1), columns: columns, storage: storage)
    }
}

extension [Double] {
    var mean: Double { reduce(0, +) / Double(Swift.max(count, 1)) }

    /// The elements less their mean.
    func centred() -> [Double] {
        let mean = mean
        return map { $0 - mean }
    }
}
