internal import Evaluation
internal import Moderation

/// What the learning curves show, and how many images each adapter needs.
enum CurvesSection {
    /// A picture for each label, then its tables and what they answer; empty without curves.
    static func blocks(_ input: ReportInput) -> [Block] {
        guard !input.curves.isEmpty else { return [] }
        let files = CurveFile.all(input)
        return [.heading(2, "Learning curves")]
            + input.comparison.labels.flatMap { label in
                let name = label.label.description
                let pictures = files.filter { $0.curves.contains { $0.label == label.label } }.map { file in
                    Block.picture(.init(file: "\(file.name).svg", description: "Learning curves of \(name)"))
                }
                return [.heading(3, Inline(name))] + pictures
                    + input.curves.filter { $0.label == label.label }.flatMap { body($0, input) }
            }
    }

    private static func body(_ curve: LearningCurve, _ input: ReportInput) -> [Block] {
        let kind = input.objective.minimised
        let text = CurveText(curve)
        return [.paragraph("Split " + .code(curve.split) + ", training images of each size and improvement:")]
            + ErrorKind.allCases.map { .table(table(curve, $0, text)) }
            + [
                .paragraph(Inline("Images needed for fewer \(kind.name), by what was measured:")),
                .list(text.answers(kind).map { Inline($0) }),
            ]
    }

    private static func table(_ curve: LearningCurve, _ kind: ErrorKind, _ text: CurveText) -> DocumentTable {
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
            + curve.adapters.map { "\($0.adapter), \(kind.abbreviation) ↑" }
        return DocumentTable(
            "\(kind.abbreviation) improvement by training images, \(curve.label), split \(curve.split)",
            header.map { Inline($0) }, numeric: [0, 1, 2], rows: rows.map { $0.map { Inline($0) } }, notes: notes)
    }
}
