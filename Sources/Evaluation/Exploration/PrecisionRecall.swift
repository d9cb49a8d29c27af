extension [ScoredTest] {
    /// Precision and recall at every threshold that tells two of the tests apart, from the highest to the lowest; empty
    /// where no test has the label. Tests of equal score go together.
    var precisionRecall: [LabelExploration.PrecisionRecallPoint] {
        let present = count(where: \.isPresent)
        guard present > 0 else { return [] }
        let ordered = sorted { $0.score > $1.score }
        var points: [LabelExploration.PrecisionRecallPoint] = []
        var hits = 0
        for (index, test) in ordered.enumerated() {
            if test.isPresent { hits += 1 }
            guard index + 1 == ordered.count || ordered[index + 1].score != test.score else { continue }
            points.append(
                .init(recall: Double(hits) / Double(present), precision: Double(hits) / Double(index + 1)))
        }
        return points
    }
}

extension [LabelExploration.PrecisionRecallPoint] {
    /// Σ (recall - recall before) · precision; `nil` where there is no point.
    var averagePrecision: Double? {
        guard !isEmpty else { return nil }
        return zip([0] + map(\.recall), self).map { before, point in (point.recall - before) * point.precision }
            .reduce(0, +)
    }

    /// The points that a picture can tell apart: both ends, and each that lies away from the one kept before it.
    var thinned: [LabelExploration.PrecisionRecallPoint] {
        // Of a picture of 350 user units each way: less than a mark of the operating point takes.
        let step = 0.01
        var kept: [LabelExploration.PrecisionRecallPoint] = []
        for (index, point) in enumerated() {
            guard let last = kept.last, index + 1 < count else {
                kept.append(point)
                continue
            }
            if abs(point.recall - last.recall) + abs(point.precision - last.precision) >= step { kept.append(point) }
        }
        return kept
    }
}
