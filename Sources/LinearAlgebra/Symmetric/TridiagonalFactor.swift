internal import COpenBLAS

/// The factorisation T + shift = C·Cᵀ of a positive definite tridiagonal matrix, whose C has one diagonal below its own.
public struct TridiagonalFactor: Sendable {
    /// The diagonal of C.
    private let pivots: [Double]
    /// The elements of C below its diagonal, one fewer.
    private let below: [Double]

    /// The factor of the T of `form` plus `shift`; throws `.notPositiveDefinite` with the first pivot that is not positive.
    public init(of form: TridiagonalForm, shift: Double) throws(LinearAlgebraError) {
        var (pivots, below): ([Double], [Double]) = ([], [])
        for index in 0..<form.order {
            var square = form.diagonal[index] + shift
            if index > 0 {
                below.append(form.beside[index - 1] / pivots[index - 1])
                square -= below[index - 1] * below[index - 1]
            }
            guard square > 0 else { throw .notPositiveDefinite(pivot: index, order: form.order) }
            pivots.append(square.squareRoot())
        }
        self.pivots = pivots
        self.below = below
    }

    /// The x of (T + shift)·x = `right`.
    public func solve(_ right: [Double]) -> [Double] {
        precondition(right.count == pivots.count, "\(right.count) elements for a system of order \(pivots.count)")
        var solution = right
        for index in pivots.indices {
            if index > 0 { solution[index] -= below[index - 1] * solution[index - 1] }
            solution[index] /= pivots[index]
        }
        for index in pivots.indices.reversed() {
            if index + 1 < pivots.count { solution[index] -= below[index] * solution[index + 1] }
            solution[index] /= pivots[index]
        }
        return solution
    }

    /// The diagonal blocks of (A + shift)⁻¹ = Q·(T + shift)⁻¹·Qᵀ for the A of `form`, which the factor is of; the blocks are of
    /// `sizes` and follow each other.
    ///
    /// With the rows qᵢ of Q, an element is zᵢ·zⱼ for z = C⁻¹·q. Blocks are taken together up to some dozens of rows, which
    /// stay in the cache.
    public func inverseBlocks(of form: TridiagonalForm, sizes: [Int]) -> SymmetricBlocks {
        precondition(
            sizes.reduce(0, +) == form.order && pivots.count == form.order,
            "blocks of \(sizes) and a factor of order \(pivots.count) for a form of order \(form.order)")
        var blocks = SymmetricBlocks(sizes: sizes)
        var (first, start) = (0, 0)
        while first < sizes.count {
            var (last, width) = (first, 0)
            repeat {
                width += sizes[last]
                last += 1
            } while last < sizes.count && width + sizes[last] <= TridiagonalFactor.mostTogether
            let products = gram(ofWhitenedRows: start..<start + width, form)
            blocks.fill(first..<last, from: products)
            (first, start) = (last, start + width)
        }
        return blocks
    }

    private static let mostTogether = 32

    /// The products zᵢ·zⱼ of the rows at `rows`.
    private func gram(ofWhitenedRows rows: Range<Int>, _ form: TridiagonalForm) -> SymmetricMatrix {
        let whitened = whitened(rows, form)
        var products = SymmetricMatrix(order: rows.count)
        Kernels.require()
        moderato_dsyrk(
            true, Int32(rows.count), Int32(form.order), whitened, Int32(rows.count), 0, &products.lower,
            Int32(rows.count))
        return products
    }

    /// The z of the rows at `rows` as columns: `[order x rows]`.
    private func whitened(_ rows: Range<Int>, _ form: TridiagonalForm) -> [Double] {
        let (order, width) = (form.order, rows.count)
        return [Double](unsafeUninitializedCapacity: order * width) { whitened, count in
            form.basis.withUnsafeBufferPointer { basis in
                for index in 0..<order {
                    let (source, target) = (index * order + rows.lowerBound, index * width)
                    let scale = 1 / pivots[index]
                    let factor = index > 0 ? below[index - 1] : 0
                    let above = index > 0 ? target - width : target
                    for column in 0..<width {
                        let value = index > 0 ? factor * whitened[above + column] : 0
                        whitened.initializeElement(
                            at: target + column, to: (basis[source + column] - value) * scale)
                    }
                }
            }
            count = order * width
        }
    }
}
