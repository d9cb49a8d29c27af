internal import Evaluation

/// Base model and adapters at matched error rates.
enum MatchedSection {
    /// The improvements shown, in the order of the table.
    private static let kinds: [ErrorKind] = [.falsePositives, .falseNegatives]

    static func blocks(_ input: ReportInput) -> [Block] {
        let opening = """
            How well the scores tell images apart, whatever the threshold: FP where neither misses more than the base \
            model does at the operating threshold, FN where neither flags more than \
            \(MatchedErrors.falsePositiveBudget)% of the images without the label. The thresholds are set on the test \
            images, so this is a diagnostic and not what a user gets.
            """
        return [.heading(2, "At matched error rates"), .paragraph(Inline(opening))]
            + input.settings.flatMap { setting in
                let title = Block.paragraph("Split " + .code(setting.name) + ":")
                return (input.settings.count > 1 ? [title] : []) + [.table(table(setting))]
            }
    }

    /// The improvement; where there is none, the note speaks of the matched threshold.
    private static func text(_ errors: MatchedErrors, _ kind: ErrorKind, notes: inout Notes) -> String {
        if case .undefined(.noBaseErrors) = errors.improvement {
            return "—" + notes.mark("at its matched threshold the base model makes no \(kind.name) to remove")
        }
        return errors.improvement.text(kind, notes: &notes, NumberText.change)
    }

    private static func table(_ setting: ReportInput.Setting) -> DocumentTable {
        var notes = Notes()
        let comparison = setting.comparison
        let labels = comparison.labels.flatMap { label in
            label.adapters.map { row in
                ["\(label.label)", row.adapter] + kinds.flatMap { cells(row, $0, notes: &notes) }
            }
        }
        let means = comparison.means.map { mean in
            ["mean of \(comparison.labels.count) labels", mean.adapter]
                + kinds.flatMap { ["", mean.matched[$0].text($0, notes: &notes)] }
        }
        let header: [Inline] = [
            "Label", "Adapter", "FP at the base's FN ↓", "FP improvement ↑",
            Inline("FN at \(MatchedErrors.falsePositiveBudget)% FP ↓"), "FN improvement ↑",
        ]
        return DocumentTable(
            "Improvements at matched error rates, split \(setting.name)", header, numeric: [2, 4],
            rows: (means + labels).map { $0.map { Inline($0) } }, notes: notes)
    }

    private static func cells(_ row: AdapterRow, _ kind: ErrorKind, notes: inout Notes) -> [String] {
        let errors = row.matched[kind]
        let counts = [errors.baseErrors, errors.adapterErrors, errors.images].map {
            NumberText.count($0, repeats: row.repeats)
        }
        return ["\(counts[0]) → \(counts[1]) of \(counts[2])", text(errors, kind, notes: &notes)]
    }
}
