internal import Foundation

/// The binomial distribution: successes in `trials` independent trials of one `probability`.
public struct Binomial: Sendable {
    /// Number of trials, 0 or more.
    public let trials: Int
    /// Probability of success in each, in 0...1.
    public let probability: Double

    /// The distribution of successes in `trials` trials of `probability`.
    public init(trials: Int, probability: Double) {
        precondition(trials >= 0, "there are 0 or more trials, given \(trials)")
        precondition((0...1).contains(probability), "a probability lies in 0...1, given \(probability)")
        self.trials = trials
        self.probability = probability
    }

    /// P(X = successes) = C(n, k) p^k (1-p)^(n-k).
    public func mass(_ successes: Int) -> Double {
        guard (0...trials).contains(successes) else { return 0 }
        let failures = trials - successes
        if probability == 0 { return successes == 0 ? 1 : 0 }
        if probability == 1 { return failures == 0 ? 1 : 0 }
        let logChoices =
            -IncompleteBeta.logarithm(Double(successes + 1), Double(failures + 1)) - log(Double(trials + 1))
        return exp(logChoices + Double(successes) * log(probability) + Double(failures) * log1p(-probability))
    }

    /// P(X <= successes) = I_(1-p)(n - k, k + 1) (DLMF 8.17.5).
    public func cumulative(_ successes: Int) -> Double {
        if successes < 0 { return 0 }
        if successes >= trials { return 1 }
        return IncompleteBeta.regularized(
            Double(trials - successes), Double(successes + 1), at: 1 - probability, complement: probability)
    }

    /// P(X >= successes) = I_p(k, n - k + 1) (DLMF 8.17.5).
    public func atLeast(_ successes: Int) -> Double {
        if successes <= 0 { return 1 }
        if successes > trials { return 0 }
        return IncompleteBeta.regularized(
            Double(successes), Double(trials - successes + 1), at: probability, complement: 1 - probability)
    }
}
