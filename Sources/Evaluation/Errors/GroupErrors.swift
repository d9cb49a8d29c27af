internal import Moderation

/// The images of one group that could show one kind of error, where base model or adapter made it in at least one repeat.
public struct GroupErrors: Sendable, Equatable {
    public let group: String
    /// Number of its images that were tested in any repeat.
    public let images: Int
    /// The image about which the adapter is wrong in the largest share of its tests, the first of equals.
    public let example: ComparedImage
    /// What became of them, one count per image and repeat in which it was tested.
    public let counts: PairedCounts

    /// Share of the tests in which the base model is wrong.
    public var baseShare: Double { Double(counts.baseErrors) / Double(counts.images) }

    /// Share of the tests in which the adapter is wrong.
    public var adapterShare: Double { Double(counts.adapterErrors) / Double(counts.images) }

    /// Number of its images that the adapter is wrong about, as a mean over tests of them all.
    public var adapterErrors: Double { adapterShare * Double(images) }
}

extension ImageTestTable {
    /// The groups of the listed images, which are places in `images`, in the order in which they come first.
    public func groups(of images: [ComparedImage]) -> [GroupErrors] {
        rows.grouped { images[$0.image].group }.compactMap { tests in
            // Cross-multiplied, so that equal shares are equal.
            let example = tests.max {
                $0.counts.adapterErrors * $1.counts.images < $1.counts.adapterErrors * $0.counts.images
            }
            return example.map { example in
                GroupErrors(
                    group: images[example.image].group, images: tests.count, example: images[example.image],
                    counts: PairedCounts(adding: tests.map(\.counts)))
            }
        }
    }
}

extension ImageTestTable {
    /// The tests that could show `kind` in `trials`, which share their images.
    init(_ kind: ErrorKind, of trials: [LabelTrial]) {
        guard let first = trials.first else {
            rows = []
            return
        }
        var outcomes = [[PairedOutcome]](repeating: [], count: first.images.count)
        for trial in trials {
            for image in trial.testImages where first.result.truth[image] == kind.truth {
                outcomes[image].append(trial.outcome(of: image))
            }
        }
        let tested = outcomes.indices.filter { !outcomes[$0].isEmpty }
        let concerned = tested.grouped { first.images[$0].group }.filter { group in
            group.contains { image in outcomes[image].contains { $0 != .bothRight } }
        }
        rows = concerned.joined().sorted().map { ImageTests(image: $0, counts: PairedCounts(outcomes[$0])) }
    }
}
