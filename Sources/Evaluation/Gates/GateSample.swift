/// What a rule is judged on: the quantity that it is about, over repeats and on distinct images.
struct GateSample {
    let condition: GateCondition
    /// One table per repeat.
    let repeats: PairedRepeats
    /// Each tested image once: the only split, or the distinct images of all.
    let distinct: GroupedCounts

    /// The sample of errors of `kind` that `subject` makes, beside `reference`.
    init(
        _ condition: GateCondition, _ kind: ErrorKind, reference: TestErrors, subject: TestErrors
    ) throws(PairRefusal) {
        try PairRefusal.check(reference, subject)
        self.condition = condition
        repeats = PairedRepeats(kind, reference: reference, subject: subject)
        distinct = GroupedCounts(distinct: kind, reference: reference, subject: subject)
    }

    /// The quantity with the interval that is judged, and what that rests on.
    var judged: (estimate: Estimate, basis: GateJudgement.Basis) {
        let isOneSplit = repeats.counts.count == 1
        guard let seen = estimate.measurement else { return (estimate, isOneSplit ? .oneSplit : .repeats) }
        if let interval = seen.interval {
            let judged = widened(interval, around: seen.value, reach: isOneSplit ? nil : reachOnOneSplit)
            return (.measured(seen.replacing(judged)), isOneSplit ? .oneSplit : .repeats)
        }
        // An interval of another number would be none of this one.
        guard seen.intervalMissing == .noSpread, let value = value(of: distinct.total),
            abs(value - seen.value) < 1e-9, let interval = interval(of: distinct)
        else { return (estimate, .repeats) }
        let judged = widened(interval, around: seen.value, reach: nil)
        return (.measured(seen.replacing(judged)), .distinctImages)
    }

    /// The best that could be seen on these images: no error at all, of a difference none, of an improvement every error
    /// of the base model gone and no other made.
    var best: GroupedCounts {
        distinct.replacing { outcome in
            switch (condition, outcome) {
            case (.atMost, _): .bothRight
            case (.notWorseThanBaselineBy, .bothWrong), (.notWorseThanBaselineBy, .fixed): .bothWrong
            case (.improvementAtLeast, .bothWrong), (.improvementAtLeast, .fixed): .fixed
            case (.notWorseThanBaselineBy, _), (.improvementAtLeast, _): .bothRight
            }
        }
    }

    /// The limit of the interval in the best case; `nil` where there is none.
    var bestLimit: Double? { interval(of: best).map(condition.decisive) }

    /// The ratio of counts that the rule is about.
    var ratio: CountRatio {
        switch condition {
        case .atMost: .adapterRate
        case .notWorseThanBaselineBy: .rateDifference
        case .improvementAtLeast: .improvement
        }
    }

    /// The standard score of the interval on `sample`.
    func standardScore(on sample: GroupedCounts) -> Double? {
        switch condition {
        case .atMost: sample.adapterRateScore
        case .notWorseThanBaselineBy: sample.rateDifferenceScore
        case .improvementAtLeast: sample.improvementScore
        }
    }

    private var estimate: Estimate {
        switch condition {
        case .atMost: repeats.adapterRate
        case .notWorseThanBaselineBy: repeats.rateDifference
        case .improvementAtLeast: repeats.improvement
        }
    }

    private func value(of counts: PairedCounts) -> Double? {
        switch condition {
        case .atMost: counts.images > 0 ? Double(counts.adapterErrors) / Double(counts.images) : nil
        case .notWorseThanBaselineBy: counts.rateDifference
        case .improvementAtLeast: counts.improvement
        }
    }

    private func interval(of sample: GroupedCounts) -> Interval? {
        switch condition {
        case .atMost: sample.adapterRateInterval
        case .notWorseThanBaselineBy: sample.rateDifferenceInterval
        case .improvementAtLeast: sample.improvementInterval
        }
    }

    /// `interval` of `value`, no surer of a pass than in the best case, nor than one whose decisive limit lies as far from the
    /// value as `reach`.
    ///
    /// A few errors in groups say little of how errors go together, and their interval may be narrower than where there is
    /// none: to see an image break must not turn `inconclusive` into `pass`. Over repeats a few errors are as skewed as on one
    /// split, which Student's t does not know of: with 4 errors expected at the limit, it would pass 11 of 100.
    private func widened(_ interval: Interval, around value: Double, reach: Double?) -> Interval {
        let limits = [bestLimit.map { least(value) + $0 }, reach.map { value + $0 }].compactMap { $0 }
        if case .improvementAtLeast = condition {
            return Interval(lower: limits.reduce(interval.lower, min), upper: interval.upper)
        }
        return Interval(lower: interval.lower, upper: min(1, limits.reduce(interval.upper, max)))
    }

    /// Where the best case lies if `value` was seen: a difference below 0 is better than that of no decision changed.
    private func least(_ value: Double) -> Double {
        if case .notWorseThanBaselineBy = condition { min(value, 0) } else { 0 }
    }

    /// How far the decisive limit of the distinct images as one split lies from what they show.
    private var reachOnOneSplit: Double? {
        guard let interval = interval(of: distinct), let value = value(of: distinct.total) else { return nil }
        return condition.decisive(interval) - value
    }
}

extension Estimate.Measurement {
    /// The same with another interval.
    fileprivate func replacing(_ interval: Interval) -> Self {
        Estimate.Measurement(value: value, interval: interval, repeats: repeats, repeatsLeftOut: repeatsLeftOut)
    }
}
