/// The paired outcomes of one test, group by group: images of one group show the same object, so they come right or
/// wrong together, and a hundred of them say less than a hundred images of a hundred objects.
struct GroupedCounts {
    /// The table of each group that has an image.
    let groups: [PairedCounts]
    /// The table of all images.
    let total: PairedCounts

    init(_ groups: [PairedCounts]) {
        self.groups = groups.filter { $0.images > 0 }
        total = PairedCounts(
            bothWrong: groups.map(\.bothWrong).reduce(0, +), fixed: groups.map(\.fixed).reduce(0, +),
            broken: groups.map(\.broken).reduce(0, +), bothRight: groups.map(\.bothRight).reduce(0, +))
    }

    /// Fixed less broken images of each group.
    var changes: [Int] { groups.map { $0.fixed - $0.broken } }

    /// The standard score of a 95% interval for a quantity to which an image contributes `value` by its outcome, the mean
    /// being 0: that of independent images times the square root of the design effect Σ (group sum)² / Σ value², at least
    /// 1 (Rao and Scott 1992, "A simple method for the analysis of clustered binary data", Biometrics 48:577), and of
    /// Student's t for the groups that contribute. Where every image is its own group it is the normal one.
    func standardScore(_ value: (PairedOutcome) -> Double) -> Double {
        guard groups.contains(where: { $0.images > 1 }) else { return Interval.standardScore }
        let contributions = groups.map { group in
            PairedOutcome.allCases.map { value($0) * Double(group[$0]) }
        }
        let sums = contributions.map { $0.reduce(0, +) }
        let contributing = contributions.count { $0.contains { $0 != 0 } }
        let squares = PairedOutcome.allCases.map { value($0) * value($0) * Double(total[$0]) }.reduce(0, +)
        let designEffect = squares > 0 ? max(1, sums.map { $0 * $0 }.reduce(0, +) / squares) : 1
        let student = StudentT(degreesOfFreedom: Double(max(1, contributing - 1)))
        return student.quantile((1 + Interval.confidence) / 2) * designEffect.squareRoot()
    }
}

extension GroupedCounts {
    /// Wilson's interval for the error rate of the base; `nil` where there is no image.
    var baseRateInterval: Interval? { rateInterval(total.baseErrors, \.baseError) }

    /// Wilson's interval for the error rate of the adapter; `nil` where there is no image.
    var adapterRateInterval: Interval? { rateInterval(total.adapterErrors, \.adapterError) }

    /// Newcombe's interval for the paired difference of the rates; `nil` where there is no image.
    var rateDifferenceInterval: Interval? {
        guard let mean = total.rateDifference else { return nil }
        return .newcombe(of: total, standardScore: standardScore { $0.change - mean })
    }

    /// Bonett and Price's interval for the improvement, of which an image's part is adapter error - ratio · base error;
    /// `nil` where the base made no error.
    var improvementInterval: Interval? {
        guard let improvement = total.improvement else { return nil }
        let score = standardScore { $0.adapterError - (1 - improvement) * $0.baseError }
        return .bonettPrice(of: total, standardScore: score)
    }

    private func rateInterval(_ errors: Int, _ error: (PairedOutcome) -> Double) -> Interval? {
        guard total.images > 0 else { return nil }
        let rate = Double(errors) / Double(total.images)
        return .wilson(errors, of: total.images, standardScore: standardScore { error($0) - rate })
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
