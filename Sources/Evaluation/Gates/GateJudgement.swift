/// The verdict on one rule of a gate, with what it rests on.
public struct GateJudgement: Sendable, Equatable {
    public let verdict: GateVerdict
    /// What the rule is about, with the interval that was judged: a rate, a difference of rates (now less the baseline's:
    /// negative is better), or an improvement.
    public let estimate: Estimate
    /// What verdict and interval rest on.
    public let basis: Basis
    /// What the test images could show.
    public let power: GatePower

    /// What a verdict rests on.
    public enum Basis: String, Sendable, Hashable, CaseIterable, Codable {
        /// The interval of one split.
        case oneSplit = "one_split"
        /// The corrected interval over repeats of the split.
        case repeats
        /// The distinct test images as one sample, since the repeats have no spread.
        case distinctImages = "distinct_images"
        /// The same trials as the baseline's, with the same decisions: there is nothing to estimate.
        case sameTrials = "same_trials"
    }

    /// Whether the rate of `metric` of `subject` is at most `limit`.
    ///
    /// - Throws: ``PairRefusal`` where nothing was tested.
    public init(_ metric: GateMetric, of subject: TestErrors, atMost limit: Double) throws(PairRefusal) {
        let (errors, kind) = metric.measured(subject)
        self.init(try GateSample(.atMost(limit), kind, reference: errors, subject: errors))
    }

    /// Whether the rate of `metric` of `subject` is above that of `baseline` by no more than `margin`.
    ///
    /// Non-inferiority: `pass` if the upper limit of the paired 95% interval of the difference is at most the margin, `fail`
    /// if its lower limit is above, else `inconclusive`. The interval is Newcombe's on one split, the corrected t over
    /// repeats, and Newcombe's on the distinct images where repeats have no spread, as where no decision differs.
    ///
    /// - Parameter isSameTrials: whether both are the decisions of the same trials, so that the rule holds whatever was
    ///   sampled.
    /// - Throws: ``PairRefusal`` where they were not tested on the same images.
    public init(
        _ metric: GateMetric, of subject: TestErrors, notWorseThan baseline: TestErrors, by margin: Double,
        isSameTrials: Bool = false
    ) throws(PairRefusal) {
        let (errors, kind) = metric.measured(subject)
        let reference = metric.measured(baseline).errors
        // What is flagged is told from the truth, which the other test loses.
        try PairRefusal.check(baseline, subject)
        self.init(
            try GateSample(.notWorseThanBaselineBy(margin), kind, reference: reference, subject: errors),
            isSameTrials: isSameTrials)
    }

    /// Whether `subject` removes at least `limit` of the errors of `kind` that `base` makes, as a share of them.
    ///
    /// - Throws: ``PairRefusal`` where they were not tested on the same images.
    public init(
        _ kind: ErrorKind, of subject: TestErrors, improvingOn base: TestErrors, byAtLeast limit: Double
    ) throws(PairRefusal) {
        self.init(try GateSample(.improvementAtLeast(limit), kind, reference: base, subject: subject))
    }

    private init(_ sample: GateSample, isSameTrials: Bool = false) {
        let judged = sample.judged
        estimate = judged.estimate
        power = GatePower(sample)
        if isSameTrials {
            verdict = .pass
            basis = .sameTrials
        } else {
            verdict = judged.estimate.interval.map(sample.condition.verdict) ?? .inconclusive
            basis = judged.basis
        }
    }

    /// Why there is no interval to judge by, where there is none.
    public var missing: Reason? {
        switch estimate {
        case .measured(let measurement): measurement.intervalMissing
        case .undefined(let reason): reason
        }
    }
}
