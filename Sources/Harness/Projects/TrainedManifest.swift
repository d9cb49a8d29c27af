internal import Evaluation
internal import Moderation

extension Manifest {
    /// The images that `trial` has in `part`, as they were used there: what is known of its labels, and of no other.
    ///
    /// Of an image that a training size left over for a label, that label is unknown; of images none of whose labels is
    /// known, there is nothing to list. Where one label stands above another and only one of them was left over, an
    /// annotation cannot say so, and both are unknown: what was left over never becomes training data.
    init(of trial: TrialRecord, part: TrialRecord.SplitPart, at images: LocatedImages) {
        let labels = trial.labels.map(\.label)
        let used = trial.labels.map { Set(trial.images(of: part, knownIn: $0)) }
        var records: [ImageRecord] = []
        for (index, entry) in trial.images.enumerated() where trial.parts[index] == part {
            let truths = zip(trial.labels, used).map { $1.contains(index) ? $0.truth[index] : .unknown }
            guard let annotation = Annotation(of: labels, truths: truths) else { continue }
            let (path, source) = images.images[index]
            records.append(
                ImageRecord(
                    path: path, digest: entry.digest, annotation: annotation,
                    group: entry.group == entry.path ? path : entry.group, source: source, tags: [],
                    line: records.count + 1))
        }
        self.init(records: records)
    }
}

extension Annotation {
    /// What says `truths` of `labels` and nothing else; `nil` where nothing is known of any.
    ///
    /// Where a known label implies one that is to be unknown, the known one is unknown too.
    fileprivate init?(of labels: [Label], truths: [Truth]) {
        var truths = truths
        while true {
            guard truths.contains(where: { $0 != .unknown }) else { return nil }
            let annotation = Annotation(labels, truths)
            let wrong = labels.indices.filter { truths[$0] != annotation.truth(of: labels[$0]) }
            if wrong.isEmpty {
                self = annotation
                return
            }
            for index in labels.indices where wrong.contains(where: { labels[index].isRelated(to: labels[$0]) }) {
                truths[index] = .unknown
            }
        }
    }

    private init(_ labels: [Label], _ truths: [Truth]) {
        let those = { (truth: Truth) in zip(labels, truths).filter { $1 == truth }.map(\.0) }
        // A label that is not listed is unknown already; to list it would say so of those above and below it.
        let known = those(.present) + those(.absent)
        let unknown = those(.unknown).filter { label in !known.contains { label.isRelated(to: $0) } }
        self.init(present: those(.present), absent: .only(those(.absent)), unknown: unknown)
    }
}

extension Label {
    /// Whether one of the two is the other or stands above it.
    fileprivate func isRelated(to other: Label) -> Bool {
        self == other || isDescendant(of: other) || other.isDescendant(of: self)
    }
}
