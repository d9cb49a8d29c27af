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
    /// Number of tests that Holm's correction ranges over: all labels, adapters and kinds of error that have one, of all
    /// comparisons that stand side by side.
    public let tests: Int
    /// The images of the experiment, tested or not, where the comparison tells of them: what the rows of ``ImageTestTable`` are places in.
    public let images: [ComparedImage]
    /// One comparison per label, in the order of the experiment file.
    public let labels: [LabelComparison]
    /// One mean over the labels per adapter, in the order declared; none where there is one label.
    public let means: [MeanImprovement]

    /// Compares the adapters of one experiment with the base model.
    ///
    /// - Parameters:
    ///   - records: the finished trials of the experiment, in any order; the base model's row comes from all of them.
    ///   - adapters: the adapters to compare with the base model, in the order of the table. An entry that *is* the base
    ///     model (`none`) is not listed: it has no improvement to claim. An adapter without a record has no row.
    ///   - level: the chance of any false claim in the whole table.
    /// - Throws: ``ComparisonRefusal`` where the records do not belong together.
    public init(records: [TrialRecord], adapters: [String], level: Double = 0.05) throws(ComparisonRefusal) {
        self = try Comparison.sideBySide([records], adapters: adapters, level: level)[0]
    }

    /// One comparison for the records of each setting, of which the first, the main one, tells of single images;
    /// `level` is the chance of any false claim in all of them.
    ///
    /// - Throws: ``ComparisonRefusal`` where the records of one setting do not belong together.
    public static func sideBySide(
        _ settings: [[TrialRecord]], adapters: [String], level: Double = 0.05
    ) throws(ComparisonRefusal) -> [Comparison] {
        var tables: [TrialTable] = []
        for records in settings { tables.append(try TrialTable(records)) }
        let corrections = Correction.sideBySide(tables, adapters: adapters, level: level)
        return tables.indices.map { setting in
            Comparison(
                trials: tables[setting], adapters: adapters, correction: corrections[setting],
                tellingImages: setting == 0)
        }
    }

    private init(trials: TrialTable, adapters: [String], correction: Correction, tellingImages isTelling: Bool) {
        thresholdConfidence = trials.first.thresholdConfidence
        repeats = trials.repetitions.count
        level = correction.level
        tests = correction.tests
        images = isTelling ? trials.first.images.map(ComparedImage.init) : []
        labels = trials.first.labels.indices.map { label in
            LabelComparison(
                label: label, trials: trials, adapters: adapters, correction: correction, tellingImages: isTelling)
        }
        means = labels.count > 1 ? adapters.compactMap { MeanImprovement($0, trials: trials) } : []
    }
}

/// One label of a comparison.
public struct LabelComparison: Sendable, Equatable, Codable {
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

    init(
        label: Int, trials: TrialTable, adapters: [String], correction: Correction, tellingImages isTelling: Bool
    ) {
        let limits = ByErrorKind { trials.limit(of: $0, label: label, level: correction.strictestLevel) }
        self.label = trials.first.labels[label].label
        self.limits = limits
        base = BaseRow(trials.baseTrials(label: label))
        composition = Composition(
            leastOf: trials.repetitions.map { trials.composition(label: label, repetition: $0) })
        self.adapters = adapters.compactMap { adapter in
            let trials = trials.trials(of: adapter, label: label)
            guard !trials.isEmpty else { return nil }
            return AdapterRow(
                adapter, label: label, trials: trials, limits: limits, correction: correction, tellingImages: isTelling)
        }
    }
}
