internal import Foundation

/// The weighted logistic loss Σ wᵢ (log(1 + exp(mᵢ)) - tᵢ mᵢ) of margins mᵢ = zᵢ + fᵢ, as a function of f.
///
/// With targets tᵢ of 0 and 1 this is Σ wᵢ log(1 + exp(∓mᵢ)); targets between them are probabilities.
struct LogisticLoss {
    /// The zᵢ that the fitted function is added to, logits.
    let offsets: [Double]
    let targets: [Double]
    let weights: [Double]

    var count: Int { offsets.count }

    func value(_ function: [Double]) -> Double {
        function.indices.reduce(0) { $0 + at($1, function: function[$1]).value }
    }

    /// First and second derivative in each fᵢ, `intercept` being added to all of them.
    func derivatives(_ function: [Double], intercept: Double = 0) -> (first: [Double], second: [Double]) {
        var first = [Double](repeating: 0, count: count)
        var second = first
        for index in function.indices where weights[index] > 0 {
            (first[index], second[index]) = derivatives(index, margin: offsets[index] + function[index] + intercept)
        }
        return (first, second)
    }

    /// What row `index` adds to the loss where f is `function` there, and its derivatives.
    func at(_ index: Int, function: Double) -> (value: Double, first: Double, second: Double) {
        let margin = offsets[index] + function
        // log(1 + exp(m)) without overflow.
        let softplus = max(margin, 0) + log1p(exp(-abs(margin)))
        let (first, second) = derivatives(index, margin: margin)
        return (weights[index] * (softplus - targets[index] * margin), first, second)
    }

    /// The second derivative is kept above 0, so that margins at which it vanishes in rounding leave Newton's equations
    /// solvable.
    @inline(__always)
    private func derivatives(_ index: Int, margin: Double) -> (first: Double, second: Double) {
        let tail = exp(-abs(margin))
        let inverse = 1 / (1 + tail)
        let probability = margin >= 0 ? inverse : tail * inverse
        return (
            weights[index] * (probability - targets[index]), weights[index] * max(tail * inverse * inverse, 1e-10)
        )
    }

    /// The loss without the rows at `indices`, which get no weight.
    func leavingOut(_ indices: [Int]) -> LogisticLoss {
        var weights = weights
        for index in indices { weights[index] = 0 }
        return LogisticLoss(offsets: offsets, targets: targets, weights: weights)
    }

    /// The loss times `factor`.
    func scaled(by factor: Double) -> LogisticLoss {
        LogisticLoss(offsets: offsets, targets: targets, weights: weights.map { $0 * factor })
    }
}
