internal import Evaluation

/// The section of `report.md` about base and adapters at matched error rates.
enum MarkdownMatched {
    static func section(_ input: ReportInput) -> [String] {
        let budget = MatchedErrors.falsePositiveBudget
        let opening = [
            "## At matched error rates", "",
            "How well the scores tell images apart, whatever the threshold: FP where neither misses more than the base "
                + "model does at the operating threshold, FN where neither flags more than \(budget)% of the images "
                + "without the label. The thresholds are set on the test images, so this is a diagnostic and not what a "
                + "user gets.", "",
        ]
        return opening + input.settings.flatMap { table($0, input) }
    }

    /// The improvement; where there is none, the note speaks of the matched threshold.
    private static func text(_ errors: MatchedErrors, _ kind: ErrorKind, notes: inout Notes) -> String {
        if case .undefined(.noBaseErrors) = errors.improvement {
            return "—" + notes.mark("at its matched threshold the base model makes no \(kind.name) to remove")
        }
        return errors.improvement.text(kind, notes: &notes, NumberText.change)
    }

    private static func table(_ setting: ReportInput.Setting, _ input: ReportInput) -> [String] {
        var notes = Notes()
        let comparison = setting.comparison
        let labels = comparison.labels.flatMap { label in
            label.adapters.map { row in
                ["\(label.label)", row.adapter].map(MarkdownText.plain)
                    + [ErrorKind.falsePositives, .falseNegatives].flatMap { kind in
                        let errors = row.matched[kind]
                        let counts = [errors.baseErrors, errors.adapterErrors, errors.images].map {
                            NumberText.count($0, repeats: row.repeats)
                        }
                        return [
                            "\(counts[0]) → \(counts[1]) of \(counts[2])",
                            text(errors, kind, notes: &notes),
                        ]
                    }
            }
        }
        let means = comparison.means.map { mean in
            ["mean of \(comparison.labels.count) labels", MarkdownText.plain(mean.adapter)]
                + [ErrorKind.falsePositives, .falseNegatives].flatMap { kind in
                    ["", mean.matched[kind].text(kind, notes: &notes)]
                }
        }
        let header = [
            "Label", "Adapter", "FP at the base's FN ↓", "FP improvement ↑",
            "FN at \(MatchedErrors.falsePositiveBudget)% FP ↓", "FN improvement ↑",
        ]
        let title = input.settings.count > 1 ? ["Split \(MarkdownText.code(setting.name)):", ""] : []
        return title + MarkdownText.table(header, numeric: [2, 4], rows: means + labels) + MarkdownText.notes(notes)
    }
}
