/// What one of several smooth convex functions is at a point.
public struct Evaluation: Sendable {
    public let value: Double
    public let gradient: [Double]
    /// The diagonal of a positive definite matrix that resembles the Hessian there.
    public let scale: [Double]

    public init(value: Double, gradient: [Double], scale: [Double]) {
        self.value = value
        self.gradient = gradient
        self.scale = scale
    }
}

/// Minimises several smooth convex functions at once, where evaluating many of them costs little more than one: each step
/// of the search asks for all that are not done.
///
/// Every function is minimised by itself, by L-BFGS (Liu and Nocedal 1989, "On the limited memory BFGS method for large scale
/// optimization") that starts from the given scale in place of the Hessian, with backtracking line search.
public struct BatchMinimizer: Sendable {
    /// A search ends where its gradient g, measured against the scale D, has √(gᵀ·D⁻¹·g) below this share of √(xᵀ·D·x): the
    /// error of x is then about this share of x.
    public let tolerance: Double
    /// Evaluations after which the search is given up.
    public let maximumEvaluations: Int
    /// Steps that the model of the Hessian remembers.
    static let memory = 10

    public init(tolerance: Double = 1e-5, maximumEvaluations: Int = 1000) {
        self.tolerance = tolerance
        self.maximumEvaluations = maximumEvaluations
    }

    /// The minima of the functions reached from `starts`; `evaluate` answers, for the numbers of some functions and a point
    /// of each, what they are there. Throws `.notConverged` where one has none, as `failure` makes it the caller's.
    public func minima<Failure: Error>(
        from starts: [[Double]], failure: (LinearAlgebraError) -> Failure,
        evaluate: ([Int], [[Double]]) throws(Failure) -> [Evaluation]
    ) throws(Failure) -> [[Double]] {
        var searches: [DescentSearch] = []
        for (start, evaluation) in zip(starts, try evaluate(Array(starts.indices), starts)) {
            searches.append(DescentSearch(at: start, evaluation, tolerance: tolerance))
        }
        for _ in 0..<maximumEvaluations {
            let open = searches.indices.filter { !searches[$0].isDone }
            guard !open.isEmpty else { return searches.map(\.point) }
            let evaluations = try evaluate(open, open.map { searches[$0].trial })
            for (index, evaluation) in zip(open, evaluations) {
                searches[index].advance(evaluation)
                if searches[index].isStuck { throw failure(notConverged(searches[index])) }
            }
        }
        throw failure(notConverged(searches.max { $0.squaredDecrement < $1.squaredDecrement }))
    }

    private func notConverged(_ search: DescentSearch?) -> LinearAlgebraError {
        .notConverged(iterations: search?.steps ?? 0, squaredDecrement: search?.squaredDecrement ?? 0)
    }
}

/// One search of a `BatchMinimizer`: where it is, and where it looks next.
struct DescentSearch {
    private(set) var point: [Double]
    private(set) var isDone = false
    /// Whether no length of the step lowers the value, far from the minimum.
    private(set) var isStuck = false
    /// Steps taken.
    private(set) var steps = 0
    private let tolerance: Double
    private var current: Evaluation
    private var direction: [Double] = []
    private var length = 1.0
    /// Steps, changes of the gradient and 1/(step·change), the newest last.
    private var history: [(step: [Double], change: [Double], inverse: Double)] = []

    init(at start: [Double], _ evaluation: Evaluation, tolerance: Double) {
        point = start
        current = evaluation
        self.tolerance = tolerance
        aim()
    }

    /// Where the function is wanted next.
    var trial: [Double] { zip(point, direction).map { $0 + length * $1 } }

    /// gᵀ·D⁻¹·g.
    var squaredDecrement: Double { zip(current.gradient, current.scale).reduce(0) { $0 + $1.0 * $1.0 / $1.1 } }

    /// Goes to the trial where the function, there `evaluation`, falls enough, and looks nearer otherwise.
    mutating func advance(_ evaluation: Evaluation) {
        let slope = dotProduct(current.gradient[...], direction[...])
        let isLower = evaluation.value.isFinite && evaluation.value <= current.value + 1e-4 * length * slope
        guard isLower else {
            length /= 2
            if length < 1e-12 {
                // At the minimum, what is left is the rounding of the value.
                isDone = squaredDecrement <= 1e-7 * max(1, abs(current.value))
                isStuck = !isDone
            }
            return
        }
        steps += 1
        let step = direction.map { length * $0 }
        let change = zip(evaluation.gradient, current.gradient).map { $0 - $1 }
        point = trial
        current = evaluation
        let curvature = dotProduct(step[...], change[...])
        if curvature > 0 {
            history.append((step, change, 1 / curvature))
            if history.count > BatchMinimizer.memory { history.removeFirst() }
        }
        aim()
    }

    /// Chooses the next direction, or ends the search.
    private mutating func aim() {
        let size = zip(point, current.scale).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
        isDone = squaredDecrement <= tolerance * tolerance * size || squaredDecrement == 0
        direction = newtonDirection()
        length = 1
    }

    /// -H⁻¹·g by the two loops of L-BFGS.
    private func newtonDirection() -> [Double] {
        var result = current.gradient.map { -$0 }
        var factors: [Double] = []
        for past in history.reversed() {
            let factor = past.inverse * dotProduct(past.step[...], result[...])
            for index in result.indices { result[index] -= factor * past.change[index] }
            factors.append(factor)
        }
        for index in result.indices { result[index] /= current.scale[index] }
        for (past, factor) in zip(history, factors.reversed()) {
            let other = past.inverse * dotProduct(past.change[...], result[...])
            for index in result.indices { result[index] += (factor - other) * past.step[index] }
        }
        return result
    }
}
