public import Moderation

/// How the improvements of adapters grow with the number of training images, for one label in one split.
///
/// The points show improvements with intervals and claim nothing: they are no part of Holm's correction. Verdicts are for
/// the tables, of which each split has one, at its largest size.
public struct LearningCurve: Sendable, Equatable, Codable {
    /// The name of the split.
    public let split: String
    /// The label.
    public let label: Label
    /// One curve per adapter, in the order declared.
    public let adapters: [AdapterCurve]

    /// The curves of each label in one split.
    ///
    /// - Parameters:
    ///   - split: the name of the split.
    ///   - sizes: the training sizes, each with its finished trials, in any order.
    ///   - adapters: the adapters to draw, in the order of the table.
    /// - Throws: ``ComparisonRefusal`` where the records of a size do not belong together.
    public static func all(
        split: String, sizes: [(size: TrainingSize, records: [TrialRecord])], adapters: [String]
    ) throws(ComparisonRefusal) -> [LearningCurve] {
        var tables: [(size: TrainingSize, trials: TrialTable)] = []
        for (size, records) in sizes.sorted(by: { $0.size < $1.size }) {
            tables.append((size, try TrialTable(records)))
        }
        guard let first = tables.first?.trials.first else { throw .noRecords }
        return first.labels.indices.map { label in
            LearningCurve(
                split: split, label: first.labels[label].label,
                adapters: adapters.compactMap { AdapterCurve($0, tables: tables, label: label) })
        }
    }
}

/// The curve of one adapter.
public struct AdapterCurve: Sendable, Equatable, Codable {
    /// The adapter entry of the experiment file.
    public let adapter: String
    /// The points by rising size, no two of them trained on the same images.
    public let points: [CurvePoint]
    /// How many images it takes, by what was measured.
    public let imagesNeeded: ByErrorKind<ImagesNeeded>

    /// The curve of `adapter`; `nil` where it has no trial.
    init?(_ adapter: String, tables: [(size: TrainingSize, trials: TrialTable)], label: Int) {
        let measured = tables.map { ($0.size, $0.trials.trials(of: adapter, label: label)) }.filter { !$0.1.isEmpty }
        guard !measured.isEmpty else { return nil }
        // Where a size asks for more than there is, the next one trains on the same images: one point, not two.
        let distinct = measured.indices.filter { index in
            index + 1 == measured.count || !measured[index].1.trainOnTheSame(as: measured[index + 1].1)
        }
        let points = distinct.map { CurvePoint(requested: measured[$0].0, trials: measured[$0].1) }
        self.adapter = adapter
        self.points = points
        imagesNeeded = ByErrorKind { kind in ImagesNeeded(points, kind) }
    }
}

extension [LabelTrial] {
    /// Whether every repeat trains on the same images as in `other`.
    fileprivate func trainOnTheSame(as other: [LabelTrial]) -> Bool {
        map(\.repetition) == other.map(\.repetition) && map(\.trainingImages) == other.map(\.trainingImages)
    }
}
