internal import Evaluation
internal import Moderation

/// The pictures of each label of the main setting.
enum FiguresSection {
    /// None where no label has one.
    static func blocks(_ input: ReportInput) -> [Block] {
        let labels = input.comparison.labels.filter { !FigureFile.names(of: $0, in: input).isEmpty }
        guard !labels.isEmpty else { return [] }
        return [.heading(2, "Pictures"), .paragraph(place(input) + opening)] + labels.flatMap { pictures($0, input) }
    }

    /// Which split it is, where there are several.
    private static func place(_ input: ReportInput) -> Inline {
        input.settings.count > 1 ? Inline("Of the split ") + .code(input.settings[0].name) + Inline(": ") : ""
    }

    private static let opening =
        Inline(
            "False negatives against false positives at the threshold of the tables, precision against recall, and how often "
                + "images have the label, against confidence. ") + .code("report.html")
        + Inline(" lets other thresholds be explored and ") + .code("thresholds.csv")
        + Inline(
            " has the numbers: a threshold picked there is picked on the test images, and what it improves on them says "
                + "little of others.")

    private static func pictures(_ label: LabelComparison, _ input: ReportInput) -> [Block] {
        let name = label.label.description
        return [.heading(3, Inline(name))]
            + FigureFile.names(of: label, in: input).map { kind, file in
                .picture(.init(file: "\(file).svg", description: "\(kind.title), \(name)"))
            }
    }
}
