internal import Foundation
internal import LinearAlgebra

/// A promise on the error rate of unseen images, and on how many images it can be kept.
///
/// Of the class that the error is possible in, one image per group is held out: n images that neither the head nor its
/// hyperparameters were chosen from. At most so many of them may be wrong that the promise holds for whatever head it is,
/// on any distribution, if an unseen image is drawn as they were: one at random from a new group drawn like theirs.
public struct RateGuarantee: Sendable, Equatable {
    /// The rate promised, one of ``levels``.
    public let level: Double
    /// In which sense it holds.
    public let sense: Sense
    /// The share of the class's groups that only set the threshold, one of ``shares``.
    public let calibration: Double

    /// In which sense a rate is at most the level.
    public enum Sense: Sendable, Equatable {
        /// With at least this probability over the training images, the rate on unseen images is at most the level
        /// (Neyman-Pearson umbrella algorithm: Tong, Feng and Li 2018, Science Advances 4:eaao1659).
        case probability(Double)
        /// The mean of the rate over training images is at most the level: it is above it for some of them (conformal
        /// risk control: Angelopoulos, Bates, Fisch, Lei and Schuster 2022, arXiv 2208.02814).
        case expectation
    }

    /// The rates that may be promised, and the probabilities with which: beyond them no number of images is enough.
    public static let levels = 0.0001...0.9999
    /// The shares of groups that may be held out.
    public static let shares = 0.01...0.99
    /// The share of groups that is held out where nothing is said.
    public static let standardCalibration = 0.5

    /// A promise of `level` in `sense`.
    public init(level: Double, sense: Sense, calibration: Double = RateGuarantee.standardCalibration) {
        precondition(Self.levels.contains(level), "a rate lies in \(Self.levels), given \(level)")
        precondition(Self.shares.contains(calibration), "a share lies in \(Self.shares), given \(calibration)")
        if case .probability(let probability) = sense {
            precondition(
                Self.levels.contains(probability), "a probability lies in \(Self.levels), given \(probability)")
        }
        self.level = level
        self.sense = sense
        self.calibration = calibration
    }

    /// How many of `count` held-out images may be wrong; `nil` where so few can promise nothing.
    ///
    /// With a probability 1 - δ, the largest m with P(Binomial(n, level) <= m) <= δ: the threshold then lies at or above the
    /// order statistic of rank n - m. In expectation, the largest m with (m + 1)/(n + 1) <= level.
    public func allowance(among count: Int) -> Int? {
        switch sense {
        case .probability(let probability):
            let errors = Binomial(trials: count, probability: level)
            // What equals the bound but for rounding keeps it.
            let bound = (1 - probability) * (1 + 1e-9)
            var allowed = -1
            while allowed + 1 < count, errors.cumulative(allowed + 1) <= bound { allowed += 1 }
            return allowed < 0 ? nil : allowed
        case .expectation:
            let allowed = wholePart(level * Double(count + 1)) - 1
            return allowed < 0 ? nil : allowed
        }
    }

    /// The fewest held-out images that can promise anything: log δ / log(1 - level), or 1/level - 1.
    public var imagesNeeded: Int {
        let estimate: Double
        switch sense {
        case .probability(let probability): estimate = log(1 - probability) / log1p(-level)
        case .expectation: estimate = 1 / level - 1
        }
        var needed = max(1, Int(estimate.rounded(.down)) - 1)
        while allowance(among: needed) == nil { needed += 1 }
        return needed
    }

    /// How many of a class's `groups` are held out.
    public func heldOut(of groups: Int) -> Int {
        Int((calibration * Double(groups)).rounded())
    }

    /// The fewest groups of a class of which enough are held out.
    public var groupsNeeded: Int {
        var groups = max(1, Int((Double(imagesNeeded - 1) / calibration).rounded(.down)))
        while heldOut(of: groups) < imagesNeeded { groups += 1 }
        return groups
    }
}
