public import Moderation

/// What was promised of test images, and what became of it: one row per label and adapter.
public struct PromiseTable: Sendable, Equatable, Codable {
    /// The promise, the same for all rows.
    public let promise: Promise
    /// Labels in the order of the records, adapters in the order declared.
    public let rows: [PromiseRow]

    /// The table of one experiment's trials.
    ///
    /// - Parameters:
    ///   - records: the finished trials, in any order; all have the same labels.
    ///   - adapters: the adapters to list. Of one that promises nothing, being the base model, there is no row.
    public init(_ promise: Promise, records: [TrialRecord], adapters: [String]) {
        let ordered = records.sorted { ($0.repetition, $0.adapter) < ($1.repetition, $1.adapter) }
        let labels = ordered.first?.labels.indices ?? 0..<0
        self.promise = promise
        rows = labels.flatMap { label in
            adapters.compactMap { adapter in
                PromiseRow(promise, adapter: adapter, label: label, records: ordered.filter { $0.adapter == adapter })
            }
        }
    }
}

/// One adapter's promise for one label, over the repeats of the split.
///
/// Where the base model's errors are not to be exceeded, numbers are counts of images. Where a rate is promised they are
/// rates: on training images of those that set the threshold, on test images as a mean over groups, each group counting
/// once, because that is what is promised.
public struct PromiseRow: Sendable, Equatable, Codable {
    public let label: Label
    /// The adapter entry of the experiment file.
    public let adapter: String
    /// Number of repeats it finished and in which there was something to test on.
    public let repeats: Int
    /// Images that the operating point was set on, as a mean over repeats: of a rate, one per group.
    public let trainingImages: Double
    /// What was allowed: the mean count, or the rate.
    public let allowed: Double
    /// What came about on the images that the operating point was set on, as a mean over repeats.
    public let onTraining: Double
    /// What came about on test images, as a mean over repeats.
    public let onTest: Double
    /// The largest of any repeat.
    public let largestOnTest: Double
    /// The base model on the same test images, as a mean over repeats.
    public let baseOnTest: Double
    /// Repeats in which test images had more than was promised: than the base model made on them, or than the rate.
    public let repeatsAbove: Int

    /// The row of `records`, which are one adapter's; `nil` where none of them promises anything.
    init?(_ promise: Promise, adapter: String, label: Int, records: [TrialRecord]) {
        let outcomes = records.compactMap { PromiseOutcome(promise, record: $0, label: label) }
        guard let first = records.first, !outcomes.isEmpty else { return nil }
        let mean = { (part: (PromiseOutcome) -> Double) in
            outcomes.map(part).reduce(0, +) / Double(outcomes.count)
        }
        self.label = first.labels[label].label
        self.adapter = adapter
        repeats = outcomes.count
        trainingImages = mean { Double($0.trainingImages) }
        if case .rate(let level, _) = promise.rule { allowed = level } else { allowed = mean(\.allowed) }
        onTraining = mean(\.onTraining)
        onTest = mean(\.onTest)
        largestOnTest = outcomes.map(\.onTest).max() ?? 0
        baseOnTest = mean(\.baseOnTest)
        repeatsAbove = outcomes.count(where: \.isAbove)
    }
}
