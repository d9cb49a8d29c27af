internal import Moderation

/// One finished trial, seen for one label.
struct LabelTrial {
    let repetition: Int
    let result: LabelResult
    let images: [TrialRecord.ImageEntry]
    /// Which images belong together.
    let groups: ImageGroups
    /// The images of the test part whose truth is known, as places in `images`.
    let testImages: [Int]
    /// The images that the label is trained on, as places in `images`.
    let trainingImages: [Int]
    /// Number of images outside the test part whose truth is known: training images and those a training size left over.
    let otherImages: Int
    /// The paired tables of the test images, group by group.
    let counts: ByErrorKind<GroupedCounts>

    private let threshold: Threshold

    /// What `record` tells of its label at `label`, its images being in `groups`.
    init(_ record: TrialRecord, label: Int, groups: ImageGroups) {
        let result = record.labels[label]
        let threshold = Threshold(confidence: record.thresholdConfidence)
        let test = record.images(of: .test, knownIn: result)
        self.repetition = record.repetition
        self.result = result
        self.images = record.images
        self.threshold = threshold
        testImages = test
        trainingImages = record.images(of: .training, knownIn: result)
        otherImages = result.truth.count { $0 != .unknown } - test.count
        self.groups = groups
        let grouped = groups.grouping(test)
        counts = ByErrorKind { kind in
            GroupedCounts(
                grouped.map { images in
                    PairedCounts(
                        images.lazy.compactMap { image in
                            let truth = result.truth[image]
                            guard
                                let base = kind.isError(
                                    score: result.baseScores[image], truth: truth, threshold: threshold),
                                let adapter = kind.isError(
                                    score: result.adapterScores[image], truth: truth, threshold: threshold)
                            else { return nil }
                            return PairedOutcome(baseIsWrong: base, adapterIsWrong: adapter)
                        })
                })
        }
    }

    /// What became of the test image at `image` in `images`, whose truth is known.
    func outcome(of image: Int) -> PairedOutcome {
        let isPresent = result.truth[image] == .present
        return PairedOutcome(
            baseIsWrong: threshold.flags(result.baseScores[image]) != isPresent,
            adapterIsWrong: threshold.flags(result.adapterScores[image]) != isPresent)
    }
}

extension [LabelTrial] {
    /// Test images of a repeat over the images outside its test part; `nil` where every repeat tests the same images.
    var testToOthers: Double? {
        guard contains(where: { $0.testImages != self[0].testImages }) else { return nil }
        return mean { Double($0.testImages.count) } / mean { Double($0.otherImages) }
    }

    /// Share of the test images of all trials that are flagged by whoever makes `errors`; `nil` where there is no image.
    func flaggedShare(_ errors: (PairedCounts) -> Int) -> Double? {
        let images = map(\.testImages.count).reduce(0, +)
        guard images > 0 else { return nil }
        let flagged = map { trial in
            let (misses, alarms) = (trial.counts.falseNegatives.total, trial.counts.falsePositives.total)
            return misses.images - errors(misses) + errors(alarms)
        }
        return Double(flagged.reduce(0, +)) / Double(images)
    }
}

extension PairedRepeats {
    /// The outcomes of `kind` over `trials`, at least one, at the operating threshold.
    init(_ trials: [LabelTrial], kind: ErrorKind) {
        self.init(trials) { $0.counts[kind] }
    }

    /// The outcomes of `kind` over `trials`, at least one, at matched thresholds.
    init(_ trials: [LabelTrial], matched kind: ErrorKind) {
        self.init(trials) { $0.matchedCounts(of: kind) }
    }

    private init(_ trials: [LabelTrial], counts: (LabelTrial) -> GroupedCounts) {
        grouped = trials.map(counts)
        testToOthers = trials.testToOthers
    }
}

extension TrialRecord {
    /// The images of `part` whose truth is known in `result`, as places in `images`; of the training images those that
    /// have a score, since a training size may leave to one label what another is trained on.
    public func images(of part: SplitPart, knownIn result: LabelResult) -> [Int] {
        images.indices.filter { image in
            parts[image] == part && result.truth[image] != .unknown
                && !(part == .training && result.adapterScores[image].isNaN)
        }
    }
}
