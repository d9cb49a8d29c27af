/// The paired outcomes of one test, group by group: images of one group show the same object, so they come right or
/// wrong together, and a hundred of them say less than a hundred images of a hundred objects.
struct GroupedCounts {
    /// The table of each group that has an image.
    let groups: [PairedCounts]
    /// The table of all images.
    let total: PairedCounts

    init(_ groups: [PairedCounts]) {
        self.groups = groups.filter { $0.images > 0 }
        total = PairedCounts(adding: groups)
    }

    /// The table of images each of which is a group by itself, for estimates alone: they look at groups only where some have
    /// several images, and at none over several repeats. There are no ``changes`` to test.
    init(apart total: PairedCounts) {
        groups = []
        self.total = total
    }

    /// Fixed less broken images of each group.
    var changes: [Int] { groups.map { $0.fixed - $0.broken } }

    /// The standard score of a 95% interval for a quantity to which an image contributes `value` by its outcome, the mean
    /// over those of `outcomes` being 0, as is the value of any other.
    ///
    /// That of independent images times the square root of the design effect (Rao and Scott 1992, "A simple method for
    /// the analysis of clustered binary data", Biometrics 48:577), and of Student's t for the groups with such outcomes.
    /// Where every image is its own group it is the normal one.
    func standardScore(
        over outcomes: [PairedOutcome] = PairedOutcome.allCases, _ value: (PairedOutcome) -> Double
    ) -> Double {
        guard groups.contains(where: { $0.images > 1 }) else { return Interval.standardScore }
        let concerned = groups.count { group in outcomes.contains { group[$0] > 0 } }
        let student = StudentT(degreesOfFreedom: Double(max(1, concerned - 1)))
        let effect = designEffect(value) ?? designEffect { outcomes.contains($0) ? 1 : 0 } ?? 1
        return student.quantile((1 + Interval.confidence) / 2) * effect.squareRoot()
    }

    /// Σ (sum over a group)² / Σ value², at least 1; of a value that is 1 where images count it is Kish's, which takes
    /// them to come right or wrong as a group. `nil` where every value is 0, as where all errors are gone.
    private func designEffect(_ value: (PairedOutcome) -> Double) -> Double? {
        let values = PairedOutcome.allCases.map { (outcome: $0, value: value($0)) }
        let squares = values.map { $0.value * $0.value * Double(total[$0.outcome]) }.reduce(0, +)
        guard squares > 0 else { return nil }
        let sums = groups.lazy.map { group in values.reduce(0) { $0 + $1.value * Double(group[$1.outcome]) } }
        return max(1, sums.reduce(0) { $0 + $1 * $1 } / squares)
    }
}

extension GroupedCounts {
    /// Wilson's interval for the error rate of the base; `nil` where there is no image.
    var baseRateInterval: Interval? { rateInterval(total.baseErrors, \.baseError) }

    /// Wilson's interval for the error rate of the adapter; `nil` where there is no image.
    var adapterRateInterval: Interval? { rateInterval(total.adapterErrors, \.adapterError) }

    /// Newcombe's interval for the paired difference of the rates; `nil` where there is no image.
    var rateDifferenceInterval: Interval? {
        rateDifferenceScore.flatMap { .newcombe(of: total, standardScore: $0) }
    }

    /// Bonett and Price's interval for the improvement, of which an image's part is adapter error - ratio · base error;
    /// `nil` where the base made no error.
    var improvementInterval: Interval? {
        improvementScore.flatMap { .bonettPrice(of: total, standardScore: $0) }
    }

    private func rateInterval(_ errors: Int, _ error: (PairedOutcome) -> Double) -> Interval? {
        rateScore(errors, error).map { .wilson(errors, of: total.images, standardScore: $0) }
    }
}

/// The standard scores of those intervals, `nil` where they are.
extension GroupedCounts {
    var adapterRateScore: Double? { rateScore(total.adapterErrors, \.adapterError) }

    var rateDifferenceScore: Double? {
        total.rateDifference.map { mean in standardScore { $0.change - mean } }
    }

    var improvementScore: Double? {
        total.improvement.map { improvement in
            standardScore(over: [.bothWrong, .fixed, .broken]) {
                $0.adapterError - (1 - improvement) * $0.baseError
            }
        }
    }

    private func rateScore(_ errors: Int, _ error: (PairedOutcome) -> Double) -> Double? {
        guard total.images > 0 else { return nil }
        let rate = Double(errors) / Double(total.images)
        return standardScore { error($0) - rate }
    }
}

extension PairedOutcome {
    fileprivate var baseError: Double { self == .bothWrong || self == .fixed ? 1 : 0 }
    fileprivate var adapterError: Double { self == .bothWrong || self == .broken ? 1 : 0 }
    fileprivate var change: Double { adapterError - baseError }
}

extension PairedCounts {
    /// The number of images with `outcome`.
    subscript(outcome: PairedOutcome) -> Int {
        switch outcome {
        case .bothWrong: bothWrong
        case .fixed: fixed
        case .broken: broken
        case .bothRight: bothRight
        }
    }
}
