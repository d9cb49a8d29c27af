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

    /// First and second derivative in each fᵢ.
    func derivatives(_ function: [Double]) -> (first: [Double], second: [Double]) {
        var (first, second): ([Double], [Double]) = ([], [])
        for index in function.indices {
            let row = at(index, function: function[index])
            first.append(row.first)
            second.append(row.second)
        }
        return (first, second)
    }

    /// What row `index` adds to the loss where f is `function` there, and its derivatives. The second is kept above 0, so that
    /// margins at which it vanishes in rounding leave Newton's equations solvable.
    func at(_ index: Int, function: Double) -> (value: Double, first: Double, second: Double) {
        let margin = offsets[index] + function
        let tail = exp(-abs(margin))
        // log(1 + exp(m)) without overflow.
        let softplus = max(margin, 0) + log1p(tail)
        let probability = margin >= 0 ? 1 / (1 + tail) : tail / (1 + tail)
        return (
            weights[index] * (softplus - targets[index] * margin), weights[index] * (probability - targets[index]),
            weights[index] * max(tail / ((1 + tail) * (1 + tail)), 1e-10)
        )
    }

    /// The loss of the rows at `indices`.
    func selecting(_ indices: [Int]) -> LogisticLoss {
        LogisticLoss(
            offsets: indices.map { offsets[$0] }, targets: indices.map { targets[$0] },
            weights: indices.map { weights[$0] })
    }

    /// The loss times `factor`.
    func scaled(by factor: Double) -> LogisticLoss {
        LogisticLoss(offsets: offsets, targets: targets, weights: weights.map { $0 * factor })
    }
}
