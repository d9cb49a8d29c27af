public import Moderation

/// Every adapter of an experiment against the base model, label by label: what a report tells.
///
/// A pure function of trial records: `JSONEncoder` with sorted keys gives the same bytes for the same records.
public struct Comparison: Sendable, Equatable, Codable {
    /// The operating threshold of base and adapters in percent.
    public let thresholdConfidence: Double
    /// Number of repeats of the split.
    public let repeats: Int
    /// The chance of any false claim in the whole table.
    public let level: Double
    /// Number of tests that Holm's correction ranges over: all labels, adapters and kinds of error that have one.
    public let tests: Int
    /// One comparison per label, in the order of the experiment file.
    public let labels: [LabelComparison]

    /// Compares the adapters of one experiment with the base model.
    ///
    /// - Parameters:
    ///   - records: the finished trials of the experiment, in any order; the base model's row comes from all of them.
    ///   - adapters: the adapters to compare with the base model, in the order of the table. An entry that *is* the base
    ///     model (`none`) is not listed: it has no improvement to claim. An adapter without a record has no row.
    ///   - level: the chance of any false claim in the whole table.
    /// - Throws: ``ComparisonRefusal`` where the records do not belong together.
    public init(records: [TrialRecord], adapters: [String], level: Double = 0.05) throws(ComparisonRefusal) {
        let trials = try TrialTable(records)
        let correction = Correction(trials, adapters: adapters, level: level)
        thresholdConfidence = trials.first.thresholdConfidence
        repeats = trials.repetitions.count
        self.level = level
        tests = correction.tests
        labels = trials.first.labels.indices.map { label in
            LabelComparison(label: label, trials: trials, adapters: adapters, correction: correction)
        }
    }
}

/// One label of a comparison.
public struct LabelComparison: Sendable, Equatable {
    /// The targeted label.
    public let label: Label
    /// The base model's own row.
    public let base: BaseRow
    /// One row per adapter, in the order declared.
    public let adapters: [AdapterRow]
    /// What the test images can show.
    public let limits: ByErrorKind<DetectionLimit>
    /// How many images of each kind the data hold.
    public let composition: Composition

    init(label: Int, trials: TrialTable, adapters: [String], correction: Correction) {
        let limits = ByErrorKind { trials.limit(of: $0, label: label, level: correction.strictestLevel) }
        self.label = trials.first.labels[label].label
        self.limits = limits
        base = BaseRow(trials.baseTrials(label: label))
        composition = Composition(
            leastOf: trials.repetitions.map { trials.composition(label: label, repetition: $0) })
        self.adapters = adapters.compactMap { adapter in
            let trials = trials.trials(of: adapter, label: label)
            guard !trials.isEmpty else { return nil }
            return AdapterRow(adapter, label: label, trials: trials, limits: limits, correction: correction)
        }
    }
}

extension LabelComparison: Codable {
    private enum CodingKeys: CodingKey { case label, base, adapters, limits, composition }

    /// Reads a label as its path, `Parent/Child`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        guard let label = Label(try container.decode(String.self, forKey: .label)) else {
            throw DecodingError.dataCorruptedError(
                forKey: .label, in: container, debugDescription: "a label's path has no empty name")
        }
        self.label = label
        base = try container.decode(BaseRow.self, forKey: .base)
        adapters = try container.decode([AdapterRow].self, forKey: .adapters)
        limits = try container.decode(ByErrorKind<DetectionLimit>.self, forKey: .limits)
        composition = try container.decode(Composition.self, forKey: .composition)
    }

    /// Writes a label as its path, `Parent/Child`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(label.description, forKey: .label)
        try container.encode(base, forKey: .base)
        try container.encode(adapters, forKey: .adapters)
        try container.encode(limits, forKey: .limits)
        try container.encode(composition, forKey: .composition)
    }
}
