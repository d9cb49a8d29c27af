/// The paired outcomes of one adapter, one label and one kind of error over repeated splits (or one split).
struct PairedRepeats {
    /// One table per repeat, at least one, group by group.
    let grouped: [GroupedCounts]
    /// Test images of a repeat over the images outside its test part; `nil` where every repeat tests the same images, as
    /// one split does.
    let testToOthers: Double?

    /// One table per repeat.
    var counts: [PairedCounts] { grouped.map(\.total) }

    /// A p value before any correction.
    typealias RawTest = (method: Significance.Method, pValue: Double)

    /// Why a mean over repeats has no interval or no p value.
    struct Undefined: Error {
        let reason: Reason
    }

    /// Error rate of the base model.
    var baseRate: Estimate {
        estimate(of: .baseRate, within: 0...1, otherwise: .noImages, onOneSplit: \.baseRateInterval)
    }

    /// Error rate of the adapter.
    var adapterRate: Estimate {
        estimate(of: .adapterRate, within: 0...1, otherwise: .noImages, onOneSplit: \.adapterRateInterval)
    }

    /// Error rate of the adapter less that of the base; Newcombe's interval on one split.
    var rateDifference: Estimate {
        estimate(of: .rateDifference, within: -1...1, otherwise: .noImages, onOneSplit: \.rateDifferenceInterval)
    }

    /// 1 - adapter errors / base errors; Bonett and Price's interval on one split.
    var improvement: Estimate {
        let reason: Reason = counts.contains { $0.images > 0 } ? .noBaseErrors : .noImages
        return estimate(
            of: .improvement, within: -Double.infinity...1, otherwise: reason, onOneSplit: \.improvementInterval)
    }

    /// The test of no difference: mid-p over groups on one split, corrected t of the difference in error rate over repeats.
    func test() throws(Undefined) -> RawTest {
        guard let differences = CountRatio.rateDifference.linearized(over: shown) else {
            throw Undefined(reason: .noImages)
        }
        if counts.count == 1 {
            return (.mcNemarMidP, McNemar.midP(changes: grouped[0].changes))
        }
        guard let pValue = try corrected(differences.values).pValue else { throw Undefined(reason: .noSpread) }
        return (.correctedT, pValue)
    }

    /// The smallest number of fixed groups, none broken, that the test of these repeats can show at `level`; where they have
    /// no test, that of one split.
    func smallestFixed(level: Double) -> Int {
        guard counts.count > 1, let testToOthers, testToOthers > 0 else { return Power.smallestFixed(level: level) }
        return Power.smallestFixed(level: level, repeats: counts.count, testToOthers: testToOthers)
    }

    /// The tables of the repeats that have an image which could show the error.
    var shown: [PairedCounts] { counts.filter { $0.images > 0 } }

    /// The ratio on the only split with its own interval, or over all repeats with the corrected one.
    private func estimate(
        of ratio: CountRatio, within bounds: ClosedRange<Double>, otherwise reason: Reason,
        onOneSplit interval: (GroupedCounts) -> Interval?
    ) -> Estimate {
        guard let linearized = ratio.linearized(over: shown) else { return .undefined(reason) }
        if counts.count == 1, let interval = interval(grouped[0]) {
            return .measured(Estimate.Measurement(value: linearized.ratio, interval: interval))
        }
        return .measured(measurement(of: linearized, within: bounds))
    }

    private func measurement(
        of linearized: CountRatio.Linearized, within bounds: ClosedRange<Double>
    ) -> Estimate.Measurement {
        let repeats = linearized.values.count
        do throws(Undefined) {
            guard let interval = try corrected(linearized.values).interval else { throw Undefined(reason: .noSpread) }
            return Estimate.Measurement(
                value: linearized.ratio, interval: interval.clamped(to: bounds), repeats: repeats,
                repeatsLeftOut: counts.count - repeats)
        } catch {
            return Estimate.Measurement(
                value: linearized.ratio, intervalMissing: error.reason, repeats: repeats,
                repeatsLeftOut: counts.count - repeats)
        }
    }

    func corrected(_ values: [Double]) throws(Undefined) -> CorrectedT {
        guard let testToOthers else { throw Undefined(reason: .sameTestImages) }
        guard let corrected = CorrectedT(values, testToOthers: testToOthers) else {
            throw Undefined(reason: .tooFewRepeats)
        }
        return corrected
    }
}

extension Interval {
    /// The part of the interval within `bounds`, which the estimate itself never leaves.
    func clamped(to bounds: ClosedRange<Double>) -> Interval {
        Interval(lower: max(lower, bounds.lowerBound), upper: min(upper, bounds.upperBound))
    }
}
