internal import Moderation

extension LabelExploration {
    /// The explorations of each label, in the order of the experiment file: a pure function of trial records.
    ///
    /// At the declared threshold the numbers are those of ``Comparison``. Over repeats they are means, and ratios of sums
    /// with the corrected interval, as there. Curves pool the tests of all repeats, so that a point of them is a ratio of sums
    /// too: recall at the declared threshold is one less the rate of false negatives. An image that several repeats test counts
    /// several times, with the scores of several heads; no interval is given for the curve of precision and recall.
    ///
    /// - Parameters:
    ///   - records: the finished trials of one setting, in any order.
    ///   - adapters: the adapters beside the base model, in the order of the table; one without a record is left out.
    /// - Throws: ``ComparisonRefusal`` where the records do not belong together.
    public static func all(
        records: [TrialRecord], adapters: [String]
    ) throws(ComparisonRefusal) -> [LabelExploration] {
        let table = try TrialTable(records)
        let grid = ThresholdGrid(declared: table.first.thresholdConfidence)
        return table.first.labels.indices.map { label in
            let models =
                [ExploredModel(adapter: nil, trials: table.baseTrials(label: label))]
                + adapters.map { ExploredModel(adapter: $0, trials: table.trials(of: $0, label: label)) }
            return LabelExploration(
                label: table.first.labels[label].label, confidences: grid.confidences,
                models: models.filter { !$0.trials.isEmpty }.map { $0.explored(grid) })
        }
    }
}
