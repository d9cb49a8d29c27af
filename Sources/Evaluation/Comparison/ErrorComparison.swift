/// Base and adapter side by side for one label and one kind of error.
public struct ErrorComparison: Sendable, Equatable, Codable {
    /// The four paired cells, as means over repeats.
    public let cells: MeanCounts
    /// Error rate of the base model: errors over images that could show them.
    public let baseRate: Estimate
    /// Error rate of the adapter.
    public let adapterRate: Estimate
    /// Error rate of the adapter less that of the base: negative is better, and it is defined wherever there is an image.
    public let rateDifference: Estimate
    /// (base errors - adapter errors) / base errors: 1 where every error is gone, negative where there are more.
    public let improvement: Estimate
    /// The test of no difference.
    public let significance: Significance
    /// What may be said of it.
    public let verdict: Verdict

    init(_ repeats: PairedRepeats, significance: Significance, limit: DetectionLimit, level: Double) {
        cells = MeanCounts(repeats.counts)
        baseRate = repeats.baseRate
        adapterRate = repeats.adapterRate
        rateDifference = repeats.rateDifference
        improvement = repeats.improvement
        self.significance = significance
        verdict = Verdict(significance, rateDifference: rateDifference.value, limit: limit, level: level)
    }

    /// Means over repeats of the four cells of a paired table and of their sums.
    public struct MeanCounts: Sendable, Equatable, Codable {
        public let bothWrong: Double
        public let fixed: Double
        public let broken: Double
        public let bothRight: Double
        /// Images that could show the error.
        public let images: Double
        /// Images the base model is wrong about.
        public let baseErrors: Double
        /// Images the adapter is wrong about.
        public let adapterErrors: Double

        /// The means of `counts`, at least one of them.
        init(_ counts: [PairedCounts]) {
            let mean = { (part: (PairedCounts) -> Int) in counts.mean { Double(part($0)) } }
            bothWrong = mean(\.bothWrong)
            fixed = mean(\.fixed)
            broken = mean(\.broken)
            bothRight = mean(\.bothRight)
            images = mean(\.images)
            baseErrors = mean(\.baseErrors)
            adapterErrors = mean(\.adapterErrors)
        }
    }
}

extension Collection {
    /// The mean of `value` over the elements, of which there is at least one.
    func mean(_ value: (Element) -> Double) -> Double {
        precondition(!isEmpty, "a mean needs at least 1 value, given \(count)")
        return map(value).reduce(0, +) / Double(count)
    }
}
