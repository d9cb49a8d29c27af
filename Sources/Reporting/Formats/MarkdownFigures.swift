internal import Evaluation
internal import Moderation

/// The section of `report.md` that shows the pictures of each label.
enum MarkdownFigures {
    static func section(_ input: ReportInput) -> [String] {
        let pictures = input.comparison.labels.map { label in (label.label, FigureFile.names(of: label, in: input)) }
        guard pictures.contains(where: { !$0.1.isEmpty }) else { return [] }
        return [
            "## Pictures", "",
            "Of the main split: false negatives against false positives at the threshold of the tables; precision against "
                + "recall; how often images have the label, against confidence. `report.html` lets other thresholds be "
                + "explored, `thresholds.csv` has the numbers of all of them: what is picked there is picked on the test "
                + "images, so its improvement holds for them alone.", "",
        ]
            + pictures.flatMap { label, names in lines(label, names) }
    }

    private static func lines(_ label: Label, _ figures: [(kind: FigureFile.Kind, name: String)]) -> [String] {
        let name = MarkdownText.plain(label.description)
        return ["### \(name)", ""]
            + figures.flatMap { figure in ["![\(figure.kind.title) of \(name)](\(figure.name).svg)", ""] }
    }
}
