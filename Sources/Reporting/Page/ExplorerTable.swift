internal import Evaluation
internal import Moderation

/// What the models of one label do at each threshold, as texts rounded like those of the main table.
struct ExplorerTable {
    /// The names of the rows: the base model, then the adapters.
    let names: [String]
    /// The thresholds in percent.
    let confidences: [Double]
    /// The place of the declared threshold in ``confidences``.
    let declared: Int
    /// One per threshold.
    let steps: [Step]

    /// All cells at one threshold.
    struct Step: Equatable {
        /// Of each row, for both kinds of error the count and the improvement, then the share flagged.
        let cells: [String]
        /// What the marks in names and cells mean.
        let notes: String
    }

    init(_ exploration: LabelExploration, _ comparison: Comparison) {
        let label = comparison.labels.first { $0.label == exploration.label }
        let rows = exploration.models.map { model in label?.adapters.first { $0.adapter == model.adapter } }
        let repeats = rows.map { $0?.repeats ?? comparison.repeats }
        var remarks = Notes()
        names = zip(exploration.models, rows).map { model, row in
            (model.adapter ?? "base model")
                + remarks.mark(row.map { ResultTable.remarks($0, of: comparison.repeats) } ?? [])
        }
        confidences = exploration.confidences
        let distances = confidences.map { abs($0 - comparison.thresholdConfidence) }
        declared = distances.indices.min { distances[$0] < distances[$1] } ?? 0
        steps = confidences.indices.map { index in
            var notes = remarks
            let cells = zip(exploration.models, repeats).flatMap { model, repeats in
                ExplorerTable.cells(model.points[index], repeats: repeats, notes: &notes)
            }
            return Step(cells: cells, notes: notes.lines.joined(separator: "; "))
        }
    }

    private static func cells(
        _ point: LabelExploration.Point, repeats: Int, notes: inout Notes
    ) -> [String] {
        var cells: [String] = []
        for kind in ErrorKind.allCases {
            let errors = point.errors[kind]
            cells.append(NumberText.count(errors.errors, repeats: repeats))
            cells.append(errors.improvement?.text(kind, notes: &notes, NumberText.change) ?? "—")
        }
        return cells + [ResultTable.flagged(point.flaggedShare)]
    }
}
