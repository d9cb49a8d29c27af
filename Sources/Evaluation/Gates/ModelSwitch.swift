public import Moderation

/// What would change if one trained adapter took the place of another, judged label by label and error by error on the same
/// test images: non-inferiority, as in any other gate.
public struct ModelSwitch: Sendable, Equatable {
    /// One per label and kind of error, labels in the trials' order, false negatives first.
    public let judgements: [Judgement]

    /// What is judged of one label and one kind of error.
    public struct Judgement: Sendable, Equatable {
        public let label: Label
        public let kind: ErrorKind
        /// How much higher the new rate may be.
        public let margin: Double
        /// The old adapter beside its own base model.
        public let old: PairedErrors
        /// The new adapter beside its own base model.
        public let new: PairedErrors
        /// The new adapter beside the old one: what it repairs, and what it spoils.
        public let change: PairedErrors
        /// What the gate makes of that.
        public let beside: GateJudgement
    }

    /// `fail` where any judgement fails, else `inconclusive` where any is, else `pass`.
    public var verdict: GateVerdict { judgements.map(\.beside.verdict).worst ?? .pass }

    /// Judges the switch from the trial `old` to the trial `new`, whose labels are the same, allowing `margins`.
    ///
    /// - Throws: ``PairRefusal`` where they were not tested on the same images, ``ComparisonRefusal``.
    public init(from old: TrialRecord, to new: TrialRecord, margins: ByErrorKind<Double>) throws {
        judgements = try old.labels.indices.flatMap { label in
            let models: [TestErrors.Model] = [.base, .adapter]
            let before = try models.map { try TestErrors([old], label: label, of: $0) }
            let after = try models.map { try TestErrors([new], label: label, of: $0).named(as: before[1]) }
            return try ErrorKind.allCases.map { kind in
                Judgement(
                    label: before[1].label, kind: kind, margin: margins[kind],
                    old: try PairedErrors(kind, reference: before[0], subject: before[1]),
                    new: try PairedErrors(kind, reference: after[0], subject: after[1]),
                    change: try PairedErrors(kind, reference: before[1], subject: after[1]),
                    beside: try GateJudgement(
                        GateMetric(kind), of: after[1], notWorseThan: before[1], by: margins[kind]))
            }
        }
    }
}

extension TestErrors {
    /// The same test with the images that `other` has too under the paths and groups that they have there, and in its
    /// repetition: a dataset that an adapter kept has other paths than the datasets it came from, and is divided once.
    fileprivate func named(as other: TestErrors) -> TestErrors {
        var known = Dictionary(grouping: other.images, by: \.digest).mapValues { $0[...] }
        let images = images.map { image -> Image in
            guard let name = known[image.digest]?.popFirst() else { return image }
            return Image(digest: image.digest, path: name.path, group: name.group, isPresent: image.isPresent)
        }
        let repeats = zip(repeats, other.repeats).map { own, other in
            Repeat(
                repetition: other.repetition, tested: own.tested, wrong: own.wrong, otherImages: own.otherImages)
        }
        return TestErrors(label: label, images: images, repeats: repeats)
    }
}
