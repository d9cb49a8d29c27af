internal import Evaluation
internal import Moderation

/// The settings side by side for one kind of error, as texts: Markdown and terminal lay out the same cells.
struct SideBySideTable {
    /// The names of the settings.
    let settings: [String]
    /// For each label and their mean a row for each adapter, and for each label one for the base model's error rate.
    let rows: [Row]
    /// What the marks in the cells mean.
    let notes: Notes

    /// One adapter on one label.
    struct Row {
        /// The label's path, or that it is the mean.
        let label: String
        let adapter: String
        /// One per setting.
        let cells: [Cell]
    }

    /// An improvement in one setting.
    struct Cell {
        let text: String
        /// Whether the table's test claims it, for better or worse.
        let isShown: Bool
    }

    init(_ input: ReportInput, _ kind: ErrorKind) {
        var notes = Notes()
        let adapters = input.adapters.map(\.name)
        let labels = input.comparison.labels.indices
        let labelRows = labels.flatMap { label -> [Row] in
            let name = input.comparison.labels[label].label.description
            let rates = input.settings.map { $0.comparison.labels[label].base.errors[kind].rate.value }
            let base = Row(
                label: name, adapter: "base model's rate",
                cells: rates.map { Cell(text: $0.map(NumberText.share) ?? "—", isShown: false) })
            return [base]
                + SideBySideTable.rows(of: adapters, in: input, label: name) { comparison, adapter in
                    comparison.labels[label].adapters.first { $0.adapter == adapter }.map { row in
                        let errors = row.errors[kind]
                        return Cell(
                            text: errors.improvement.text(kind, notes: &notes, NumberText.change),
                            isShown: errors.verdict == .improved || errors.verdict == .worse)
                    }
                }
        }
        let mean = "mean of \(labels.count) labels"
        let meanRows = SideBySideTable.rows(of: adapters, in: input, label: mean) { comparison, adapter in
            comparison.means.first { $0.adapter == adapter }.map { mean in
                Cell(text: mean.errors[kind].text(kind, notes: &notes), isShown: false)
            }
        }
        settings = input.settings.map(\.name)
        rows = meanRows + labelRows
        self.notes = notes
    }

    /// A row for each adapter that has a cell in any setting.
    private static func rows(
        of adapters: [String], in input: ReportInput, label: String, cell: (Comparison, String) -> Cell?
    ) -> [Row] {
        adapters.compactMap { adapter in
            let cells = input.settings.map { cell($0.comparison, adapter) }
            guard cells.contains(where: { $0 != nil }) else { return nil }
            return Row(label: label, adapter: adapter, cells: cells.map { $0 ?? Cell(text: "—", isShown: false) })
        }
    }
}

extension MeanImprovement.Mean {
    /// The mean, with a note where labels have no such improvement.
    func text(_ kind: ErrorKind, notes: inout Notes) -> String {
        let text = improvement.text(kind, notes: &notes, NumberText.change)
        guard labels > 0, labels < allLabels else { return text }
        return text + notes.mark("of \(labels) of \(allLabels) labels: the base model made no such error on the others")
    }
}
