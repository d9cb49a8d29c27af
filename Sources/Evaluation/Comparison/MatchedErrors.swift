internal import Moderation

/// Errors of one kind where base and adapter are made to agree in the other kind, each by a threshold of its own that is
/// set on the test rows.
///
/// False positives are counted where neither misses more than the base model does at the operating threshold; false
/// negatives where neither flags more than 5% of the test images without the label. Both thresholds are the best there
/// are, so that only the order of the scores counts: an adapter that moves or stretches the base score changes nothing
/// here. It is a diagnostic and not what a user gets, who has no truth to set a threshold by.
public struct MatchedErrors: Sendable, Equatable, Codable {
    /// Images that could show the error, as a mean over repeats.
    public let images: Double
    /// Images the base model is wrong about.
    public let baseErrors: Double
    /// Images the adapter is wrong about.
    public let adapterErrors: Double
    /// (base errors - adapter errors) / base errors; the interval takes the thresholds as given.
    public let improvement: Estimate

    /// Percent of the test images without the label that may be flagged where false negatives are counted.
    public static let falsePositiveBudget = 5

    init(_ repeats: PairedRepeats) {
        images = repeats.counts.mean { Double($0.images) }
        baseErrors = repeats.counts.mean { Double($0.baseErrors) }
        adapterErrors = repeats.counts.mean { Double($0.adapterErrors) }
        improvement = repeats.improvement
    }
}

/// The threshold of one set of scores, each image being flagged where its score is at or above it. Images of equal score
/// go together, and where that cannot be exact it is at the cost of the scores.
private enum MatchedThreshold {
    /// The highest threshold with at most `misses` misses among the images with the label, which have scores `present`.
    static func missingAtMost(_ misses: Int, of present: [Float]) -> Float {
        present.count > misses ? present.sorted(by: >)[present.count - misses - 1] : .infinity
    }

    /// The lowest threshold that flags at most `alarms` of the images without the label, which have scores `absent`.
    static func flaggingAtMost(_ alarms: Int, of absent: [Float]) -> Float {
        absent.count > alarms ? absent.sorted(by: >)[alarms].nextUp : -.infinity
    }
}

extension LabelTrial {
    /// The paired outcomes of `kind` on the test images at matched thresholds, group by group.
    func matchedCounts(of kind: ErrorKind) -> GroupedCounts {
        let isPresent = kind.truth == .present
        let baseThreshold = matchedThreshold(of: result.baseScores, for: kind)
        let adapterThreshold = matchedThreshold(of: result.adapterScores, for: kind)
        let concerned = groups.grouping(testImages.filter { result.truth[$0] == kind.truth })
        return GroupedCounts(
            concerned.map { group in
                PairedCounts(
                    group.lazy.map { image in
                        PairedOutcome(
                            baseIsWrong: (result.baseScores[image] >= baseThreshold) != isPresent,
                            adapterIsWrong: (result.adapterScores[image] >= adapterThreshold) != isPresent)
                    })
            })
    }

    private func matchedThreshold(of scores: [Float], for kind: ErrorKind) -> Float {
        let scoresOf = { (truth: Truth) in testImages.filter { result.truth[$0] == truth }.map { scores[$0] } }
        switch kind {
        case .falsePositives:
            return MatchedThreshold.missingAtMost(counts.falseNegatives.total.baseErrors, of: scoresOf(.present))
        case .falseNegatives:
            let absent = scoresOf(.absent)
            return MatchedThreshold.flaggingAtMost(absent.count * MatchedErrors.falsePositiveBudget / 100, of: absent)
        }
    }
}
