internal import Foundation

/// The corrected resampled t of values seen over repeated random splits (Nadeau and Bengio 2003).
///
/// Repeats share images, so their spread understates the uncertainty: the variance of the mean is taken as
/// (1/k + n_test/n_training) s^2 rather than s^2/k, with k - 1 degrees of freedom. The ratio stands for the share of
/// images that two test parts have in common, so images that a training size leaves over count with the training part.
public struct CorrectedT: Sendable {
    /// Mean of the values.
    public let mean: Double
    /// Corrected standard error of the mean; 0 where all values are equal.
    public let standardError: Double
    /// One less than the number of values.
    public let degreesOfFreedom: Int

    /// The statistic of `values`, one per repeat; `nil` for fewer than 2.
    ///
    /// - Parameter testToOthers: number of test images of a repeat over the number of images outside its test part.
    public init?(_ values: [Double], testToOthers: Double) {
        guard values.count >= 2, let first = values.first else { return nil }
        precondition(testToOthers >= 0, "the ratio of image counts is 0 or more, given \(testToOthers)")
        let count = Double(values.count)
        // Equal values have no spread, whatever the rounding of their mean says.
        let isConstant = values.allSatisfy { $0 == first }
        let mean = isConstant ? first : values.reduce(0, +) / count
        let squares = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
        self.mean = mean
        standardError = sqrt((1 / count + testToOthers) * squares / (count - 1))
        degreesOfFreedom = values.count - 1
    }

    /// The two-sided p value of a mean of 0; 1 where every value is 0, `nil` where all values are one other number and
    /// their spread cannot be estimated.
    public var pValue: Double? {
        if standardError > 0 {
            let p = StudentT(degreesOfFreedom: Double(degreesOfFreedom)).twoSided(mean / standardError)
            return max(p, .leastNormalMagnitude)
        }
        return mean == 0 ? 1 : nil
    }

    /// The 95% interval of the mean; `nil` where the spread cannot be estimated.
    public var interval: Interval? {
        guard standardError > 0 else { return nil }
        let tail = (1 - Interval.confidence) / 2
        let reach = StudentT(degreesOfFreedom: Double(degreesOfFreedom)).quantile(1 - tail) * standardError
        return Interval(lower: mean - reach, upper: mean + reach)
    }
}
