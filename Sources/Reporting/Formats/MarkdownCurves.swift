internal import Evaluation
internal import Moderation

/// The section of `report.md` about learning curves.
enum MarkdownCurves {
    /// A picture for each label, then its tables and what they answer; empty without curves.
    static func section(_ input: ReportInput) -> [String] {
        guard !input.curves.isEmpty else { return [] }
        let files = CurveFile.all(input)
        return ["## Learning curves", ""]
            + input.comparison.labels.flatMap { label in
                let name = MarkdownText.plain(label.label.description)
                let pictures = files.filter { $0.curves.contains { $0.label == label.label } }
                    .flatMap { ["![Learning curves of \(name)](\($0.name).svg)", ""] }
                return ["### \(name)", ""] + pictures
                    + input.curves.filter { $0.label == label.label }.flatMap { body($0, input) }
            }
    }

    private static func body(_ curve: LearningCurve, _ input: ReportInput) -> [String] {
        let kind = input.objective.minimised
        let text = CurveText(curve)
        return ["Split \(MarkdownText.code(curve.split)), training images of each size and improvement:", ""]
            + ErrorKind.allCases.flatMap { table(curve, $0, text) }
            + ["Images needed for fewer \(kind.name), by what was measured:", ""]
            + text.answers(kind).map { "- \(MarkdownText.plain($0))" } + [""]
    }

    private static func table(_ curve: LearningCurve, _ kind: ErrorKind, _ text: CurveText) -> [String] {
        var notes = Notes()
        let rows = text.sizes.map { size in
            let points = curve.adapters.map { adapter in adapter.points.first { $0.requested == size.requested } }
            return [
                CurveText.count(size.positives, size.hasAllPositives, repeats: size.repeats),
                CurveText.count(size.negatives, size.hasAllNegatives, repeats: size.repeats),
                NumberText.count(size.groups, repeats: size.repeats),
            ] + points.map { $0?.improvement[kind].text(kind, notes: &notes, NumberText.change) ?? "—" }
        }
        let header =
            ["With the label", "Without", "Groups"]
            + curve.adapters.map { "\(MarkdownText.plain($0.adapter)), \(kind.abbreviation) ↑" }
        return MarkdownText.table(header, numeric: [0, 1, 2], rows: rows) + MarkdownText.notes(notes)
    }
}
