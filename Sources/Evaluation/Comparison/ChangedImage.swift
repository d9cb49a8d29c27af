public import Moderation

/// An image that the adapter repaired or spoiled in at least one repeat.
public struct ChangedImage: Sendable, Equatable, Codable {
    /// Digest of the file's bytes.
    public let digest: Digest
    /// Path within the dataset's folder.
    public let path: String
    /// The kind of error that came or went: by the image's truth, only one is possible.
    public let kind: ErrorKind
    /// Number of repeats in which it was a test image.
    public let tested: Int
    /// Number of repeats in which the base was wrong and the adapter right.
    public let fixed: Int
    /// Number of repeats in which the base was right and the adapter wrong.
    public let broken: Int

    /// The changed images of `trials`, which share their images, in the order of those.
    static func all(in trials: [LabelTrial]) -> [ChangedImage] {
        guard let first = trials.first else { return [] }
        var tallies = Array(repeating: Tally(), count: first.images.count)
        for trial in trials {
            for image in trial.testImages { tallies[image].count(trial.outcome(of: image)) }
        }
        return tallies.indices.compactMap { image in
            let tally = tallies[image]
            guard tally.fixed + tally.broken > 0 else { return nil }
            return ChangedImage(
                digest: first.images[image].digest, path: first.images[image].path,
                kind: first.result.truth[image] == .present ? .falseNegatives : .falsePositives,
                tested: tally.tested, fixed: tally.fixed, broken: tally.broken)
        }
    }

    private struct Tally {
        var tested = 0
        var fixed = 0
        var broken = 0

        mutating func count(_ outcome: PairedOutcome) {
            tested += 1
            switch outcome {
            case .fixed: fixed += 1
            case .broken: broken += 1
            case .bothWrong, .bothRight: break
            }
        }
    }
}
