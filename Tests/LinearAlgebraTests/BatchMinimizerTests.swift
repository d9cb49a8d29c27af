import Foundation
import LinearAlgebra
import Testing

@Suite("Batch minimizer")
struct BatchMinimizerTests {
    /// log(Σ exp(x - aⱼ) + exp(aⱼ - x)) over the coordinates, plus half of ½ ‖x‖²: least at a point that Newton's method finds.
    private func evaluation(_ centre: Double, at point: [Double]) -> Evaluation {
        var (value, gradient): (Double, [Double]) = (0, [])
        for (index, x) in point.enumerated() {
            let away = x - centre * Double(index)
            value += log(2 * cosh(away)) + x * x / 4
            gradient.append(tanh(away) + x / 2)
        }
        return Evaluation(value: value, gradient: gradient, scale: point.map { _ in 1 })
    }

    /// The root of tanh(x - a) + x/2, by bisection.
    private func minimum(_ centre: Double) -> Double {
        var (lower, upper) = (-100.0, 100.0)
        for _ in 0..<200 {
            let middle = (lower + upper) / 2
            if tanh(middle - centre) + middle / 2 > 0 { upper = middle } else { lower = middle }
        }
        return lower
    }

    @Test("Every function of a batch ends at its own minimum, however many steps others take")
    func minima() throws {
        let centres = [0, 0.1, 1, 5, 40]
        var asked: [Int] = []
        let found = try BatchMinimizer(tolerance: 1e-8).minima(
            from: centres.map { _ in [9, -3, 0.5, 20] }, failure: { $0 }
        ) { (open, points) throws(LinearAlgebraError) in
            asked.append(open.count)
            return zip(open, points).map { evaluation(centres[$0], at: $1) }
        }
        for (centre, point) in zip(centres, found) {
            for (index, x) in point.enumerated() {
                // The tolerance, times the length of the point, about 4.
                #expect(abs(x - minimum(centre * Double(index))) < 1e-7)
            }
        }
        #expect(asked.first == 5 && asked.last.map { $0 < 5 } == true)
    }

    @Test("A function has the same minimum alone and beside others, bit for bit")
    func standsAlone() throws {
        let batch = { (centres: [Double]) in
            try BatchMinimizer().minima(from: centres.map { _ in [3, -2] }, failure: { $0 }) {
                (open, points) throws(LinearAlgebraError) in
                zip(open, points).map { evaluation(centres[$0], at: $1) }
            }
        }
        #expect(try batch([4])[0] == batch([0.3, 4, 50])[1])
    }

    @Test("A function without a minimum is said to have none")
    func noMinimum() {
        #expect(throws: LinearAlgebraError.self) {
            try BatchMinimizer(maximumEvaluations: 50).minima(from: [[0]], failure: { $0 }) {
                (_, points) throws(LinearAlgebraError) in
                points.map { Evaluation(value: -$0[0], gradient: [-1], scale: [1]) }
            }
        }
    }
}
