internal import Evaluation

/// The main table of a label as texts: Markdown and terminal lay out the same cells, so they cannot differ.
struct ResultTable {
    /// The base model's row, then the adapters' in the order declared.
    let rows: [Row]
    /// What the marks in the cells mean.
    let notes: Notes

    /// One row.
    struct Row {
        let name: String
        let errors: ByErrorKind<Cells>
        let flagged: String
    }

    /// The cells of one kind of error.
    struct Cells {
        /// Errors made.
        let count: String
        /// Images that could show the error.
        let images: String
        let rate: String
        let improvement: String
        let verdict: Verdict?
    }

    init(_ label: LabelComparison) {
        var notes = Notes()
        let base = Row(
            name: "base model", errors: ByErrorKind { Cells(label.base.errors[$0], repeats: label.base.repeats) },
            flagged: ResultTable.flagged(label.base.flaggedShare))
        let adapters = label.adapters.map { row in
            Row(
                name: row.adapter + notes.mark(ResultTable.remarks(row, of: label.base.repeats)),
                errors: ByErrorKind { Cells(row.errors[$0], kind: $0, repeats: row.repeats, notes: &notes) },
                flagged: ResultTable.flagged(row.adapterFlaggedShare))
        }
        rows = [base] + adapters
        self.notes = notes
    }

    /// An adapter that lacks repeats is counted on other images than the rest.
    static func remarks(_ row: AdapterRow, of repeats: Int) -> [String] {
        guard row.repeats < repeats else { return [] }
        let counts = ErrorKind.allCases.map { NumberText.count(row.errors[$0].cells.images, repeats: row.repeats) }
        return [
            "finished \(row.repeats) of \(repeats) repeats: \(counts[0]) images with the label, "
                + "\(counts[1]) without"
        ]
    }

    /// A share of images, or `—` where there is none.
    static func flagged(_ share: Double?) -> String { share.map(NumberText.share) ?? "—" }
}

extension ResultTable.Cells {
    /// The base model's cells: it has no improvement to claim.
    init(_ base: BaseRow.Errors, repeats: Int) {
        count = NumberText.count(base.errors, repeats: repeats)
        images = NumberText.count(base.images, repeats: repeats)
        rate = base.rate.value.map(NumberText.share) ?? "—"
        improvement = "—"
        verdict = nil
    }

    /// An adapter's cells.
    init(_ errors: ErrorComparison, kind: ErrorKind, repeats: Int, notes: inout Notes) {
        count = NumberText.count(errors.cells.adapterErrors, repeats: repeats)
        images = NumberText.count(errors.cells.images, repeats: repeats)
        rate = errors.adapterRate.value.map(NumberText.share) ?? "—"
        improvement = errors.improvement.text(kind, notes: &notes, NumberText.change)
        verdict = errors.verdict
    }
}

extension Estimate {
    /// The number as `text` writes it, or `—`, with a mark where a note is due.
    func text(_ kind: ErrorKind, notes: inout Notes, _ text: (Measurement) -> String) -> String {
        switch self {
        case .undefined(let reason): return "—" + notes.mark(reason.note(kind))
        case .measured(let measurement):
            var remarks = measurement.intervalMissing.map { [$0.note(kind)] } ?? []
            if measurement.repeatsLeftOut > 0 {
                let all = measurement.repeats + measurement.repeatsLeftOut
                remarks.append("of \(measurement.repeats) of \(all) repeats: the others have no such image")
            }
            return text(measurement) + notes.mark(remarks)
        }
    }
}
