import LinearAlgebra
import TestSupport
import Testing

@Suite("Tridiagonal form")
struct TridiagonalTests {
    struct System: Encodable {
        let x: [[Double]]
        let right: [[Double]]
        let shifts: [Double]
        let sizes: [Int]
    }

    struct Solution: Decodable {
        let solved: [[Double]]
        let blocks: [[[Double]]]
        let changed: [Double]
    }

    /// SciPy's own solutions and inverses of A + shift, and of its diagonal blocks less a product.
    static let script = """
        import numpy as np, scipy.linalg as sl
        x, right = np.array(input["x"]), np.array(input["right"])
        def of_shift(shift):
            a = x @ x.T + shift * np.eye(len(x))
            inverse, ends = sl.inv(a), np.cumsum(input["sizes"])
            parts = [slice(e - s, e) for e, s in zip(ends, input["sizes"])]
            v = 0.01 * right[0]
            changed = [sl.solve(inverse[p, p] - np.outer(v[p], v[p]), right[1][p]) for p in parts]
            return dict(solved=sl.solve(a, right.T, assume_a="pos").T.tolist(),
                        blocks=[inverse[p, p].tolist() for p in parts],
                        changed=np.concatenate(changed).tolist())
        answer([of_shift(s) for s in input["shifts"]])
        """

    /// Blocks of many sizes: alone, together, and one larger than what is taken together.
    static let divisions = [[1], [2], [1, 1, 3, 2, 1], [20, 1, 15, 40, 3], Array(repeating: 1, count: 70)]

    @Test("Solutions and blocks of the inverse agree with SciPy at every shift", arguments: divisions)
    func agreesWithSciPy(sizes: [Int]) throws {
        let order = sizes.reduce(0, +)
        let x = randomMatrix(rows: order, columns: order + 10)
        let right = (0..<11).map { randomVector(order, seed: UInt64($0) + 5) }
        let shifts = [0.5, 3, 100]
        let theirs: [Solution] = try Oracle.run(
            Self.script, input: System(x: rows(x), right: right, shifts: shifts, sizes: sizes))
        let form = TridiagonalForm(of: SymmetricMatrix(gramOf: x))
        for (shift, theirs) in zip(shifts, theirs) {
            let factor = try TridiagonalFactor(of: form, shift: shift)
            // Rounding in Double times the condition of these systems, below 10³, and of their blocks'.
            let tolerance = 1e-11
            let mine = form.vectors(at: form.coordinates(of: right).map { factor.solve($0) })
            #expect(largestDifference(mine.flatMap { $0 }, theirs.solved.flatMap { $0 }) < tolerance)
            let blocks = factor.inverseBlocks(of: form, sizes: sizes)
            for (index, block) in theirs.blocks.enumerated() {
                #expect(largestDifference(rows(blocks[index]).flatMap { $0 }, block.flatMap { $0 }) < tolerance)
            }
            let changed = try blocks.subtracting(outerProductOf: right[0].map { 0.01 * $0 }).solve(all: [right[1]])[0]
            let size = theirs.changed.map { abs($0) }.max() ?? 1
            #expect(largestDifference(changed, theirs.changed) < tolerance * size)
        }
    }

    @Test("A vector has the same coordinates alone and among any others, bit for bit", arguments: [1, 7, 60, 131])
    func vectorsStandAlone(order: Int) {
        let form = TridiagonalForm(of: SymmetricMatrix(gramOf: randomMatrix(rows: order, columns: 20)))
        let vectors = (0..<19).map { randomVector(order, seed: $0) }
        #expect(form.coordinates(of: vectors) == vectors.map { form.coordinates(of: [$0])[0] })
        #expect(form.vectors(at: vectors) == vectors.map { form.vectors(at: [$0])[0] })
    }

    @Test("A shift that leaves the matrix indefinite names a pivot, and so does a block")
    func notPositiveDefinite() throws {
        let form = TridiagonalForm(of: SymmetricMatrix(diagonal: [1, 2, 3]))
        #expect(throws: LinearAlgebraError.self) { try TridiagonalFactor(of: form, shift: -2) }
        let blocks = try TridiagonalFactor(of: form, shift: 1).inverseBlocks(of: form, sizes: [1, 2])
        #expect(throws: LinearAlgebraError.notPositiveDefinite(pivot: 0, order: 3)) {
            try blocks.subtracting(outerProductOf: [1, 0, 0]).solve(all: [])
        }
        #expect(throws: LinearAlgebraError.notPositiveDefinite(pivot: 2, order: 3)) {
            try blocks.subtracting(outerProductOf: [0, 0, 1]).solve(all: [])
        }
    }
}
