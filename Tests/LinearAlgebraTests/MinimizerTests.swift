import Foundation
import LinearAlgebra
import Testing

@Suite("Minimizer")
struct MinimizerTests {
    /// exp(x + 3y - 0.1) + exp(x - 3y - 0.1) + exp(-x - 0.1): Boyd and Vandenberghe 2004, equation 9.20.
    struct Exponentials: SmoothConvexFunction {
        func terms(_ p: [Double]) -> [Double] {
            [exp(p[0] + 3 * p[1] - 0.1), exp(p[0] - 3 * p[1] - 0.1), exp(-p[0] - 0.1)]
        }

        func value(at point: [Double]) -> Double { terms(point).reduce(0, +) }

        func newtonStep(at point: [Double]) throws(LinearAlgebraError) -> NewtonStep {
            let (a, b, c) = (terms(point)[0], terms(point)[1], terms(point)[2])
            let gradient = [a + b - c, 3 * a - 3 * b]
            var hessian = SymmetricMatrix(diagonal: [a + b + c, 9 * a + 9 * b])
            hessian[1, 0] = 3 * a - 3 * b
            let direction = try CholeskyFactor(of: hessian).solve(gradient).map { -$0 }
            return NewtonStep(
                direction: direction, squaredDecrement: -zip(direction, gradient).map(*).reduce(0, +))
        }
    }

    /// exp(-x), which falls for ever.
    struct WithoutMinimum: SmoothConvexFunction {
        func value(at point: [Double]) -> Double { exp(-point[0]) + 1e3 }
        func newtonStep(at point: [Double]) throws(LinearAlgebraError) -> NewtonStep {
            NewtonStep(direction: [1], squaredDecrement: 1)
        }
    }

    @Test("The minimum has its known place", arguments: [[0.0, 0], [3, 1], [-40, 5]])
    func knownMinimum(start: [Double]) throws {
        let minimum = try Minimizer().minimum(of: Exponentials(), from: start)
        // By symmetry y = 0 and 2 exp(x) = exp(-x): x = -ln(2)/2. The last step squares an error below 1e-5.
        #expect(abs(minimum[0] + log(2) / 2) < 1e-9)
        #expect(abs(minimum[1]) < 1e-9)
    }

    @Test("Without a minimum the search ends with an error")
    func withoutMinimum() {
        #expect(throws: LinearAlgebraError.self) { try Minimizer().minimum(of: WithoutMinimum(), from: [0]) }
    }
}
