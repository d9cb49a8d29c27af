internal import Moderation

/// The records of one experiment, checked to belong together: same images, truth, base scores, threshold and labels.
struct TrialTable {
    /// The first record: what all share is read from it.
    let first: TrialRecord
    /// The numbers of the repetitions, in order.
    let repetitions: [Int]

    private let records: [TrialRecord]
    /// Which images belong together, in all records alike.
    private let groups: ImageGroups

    /// The table of `records`, in any order.
    init(_ records: [TrialRecord]) throws(ComparisonRefusal) {
        // Order by adapter too, so that nothing below depends on the order in which records were read.
        let ordered = records.sorted { ($0.repetition, $0.adapter) < ($1.repetition, $1.adapter) }
        guard let first = ordered.first else { throw .noRecords }
        for (record, next) in zip(ordered, ordered.dropFirst()) {
            if record.repetition == next.repetition && record.adapter == next.adapter {
                throw .repeatedTrial(adapter: record.adapter, repetition: record.repetition)
            }
        }
        var firstOfRepetition = first
        var repetitions = [first.repetition]
        for record in ordered {
            if record.repetition != firstOfRepetition.repetition {
                firstOfRepetition = record
                repetitions.append(record.repetition)
            }
            let difference = TrialTable.difference(of: record, from: first)
            let hasSameSplit = record.parts == firstOfRepetition.parts && record.images == firstOfRepetition.images
            if let shared = difference ?? (hasSameSplit ? nil : .split) {
                throw .different(shared, adapter: record.adapter, repetition: record.repetition)
            }
        }
        self.first = first
        self.repetitions = repetitions
        self.records = ordered
        groups = ImageGroups(of: first.images)
    }

    /// What `record` does not share with `first`.
    private static func difference(of record: TrialRecord, from first: TrialRecord) -> ComparisonRefusal.Shared? {
        if record.thresholdConfidence != first.thresholdConfidence { return .threshold }
        // Records of one experiment share their list of images: whole lists compare in no time.
        if record.images != first.images && record.images.map(\.digest) != first.images.map(\.digest) { return .images }
        if record.labels.map(\.label) != first.labels.map(\.label) { return .labels }
        if record.labels.map(\.truth) != first.labels.map(\.truth) { return .truth }
        if record.labels.map(\.baseScores) != first.labels.map(\.baseScores) { return .baseScores }
        return nil
    }

    /// What the trials of `adapter` found for the label at `label`, one per repetition it finished.
    func trials(of adapter: String, label: Int) -> [LabelTrial] {
        trials(of: adapter).map { LabelTrial($0, label: label, groups: groups) }
    }

    /// The records of `adapter`, in the order of repetitions.
    func trials(of adapter: String) -> [TrialRecord] { records.filter { $0.adapter == adapter } }

    /// One trial per repetition, of whichever adapter: all tell the same of the base model.
    func baseTrials(label: Int) -> [LabelTrial] {
        repetitions.compactMap(record(of:)).map { LabelTrial($0, label: label, groups: groups) }
    }

    /// How the images of one repetition are composed.
    func composition(label: Int, repetition: Int) -> Composition {
        guard let record = record(of: repetition) else {
            preconditionFailure("repetition \(repetition) is none of \(repetitions)")
        }
        return Composition(record, label: label)
    }

    /// What the images tested in any repetition can show of `kind`.
    func limit(of kind: ErrorKind, label: Int, level: Double) -> DetectionLimit {
        let splits = repetitions.compactMap(record(of:)).map(\.parts)
        let result = first.labels[label]
        let threshold = Threshold(confidence: first.thresholdConfidence)
        let isError = { (image: Int) in
            kind.isError(score: result.baseScores[image], truth: result.truth[image], threshold: threshold)
        }
        let images = first.images.indices.filter { image in
            isError(image) != nil && splits.contains { $0[image] == .test }
        }
        let errors = groups.grouping(images.filter { isError($0) == true }).map(\.count)
        let smallestFixed = PairedRepeats(baseTrials(label: label), kind: kind).smallestFixed(level: level)
        return DetectionLimit(
            images: images.count, baseErrors: errors, level: level, smallestFixed: smallestFixed)
    }

    private func record(of repetition: Int) -> TrialRecord? {
        records.first { $0.repetition == repetition }
    }
}
