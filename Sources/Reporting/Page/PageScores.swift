internal import Evaluation
internal import Moderation

/// How the scores order the test images, and how far they can be believed.
enum PageScores {
    /// None where nothing was computed of it.
    static func section(_ page: PageInput) -> PageSection? {
        let figures = [FigureFile.precisionRecall(page), FigureFile.reliability(page)].map(PageFigures.byLabel)
        let labels = page.explorations.map(\.label)
        let rows = labels.compactMap { label -> HTML? in
            let pictures = figures.compactMap { $0[label] }
            guard !pictures.isEmpty else { return nil }
            let title = labels.count > 1 ? HTML.element("h3", [:], HTML("\(label)")) : ""
            return .joined([title] + pictures)
        }
        guard !rows.isEmpty else { return nil }
        let opening = """
            Precision and recall at every threshold, and the share of images that have the label among those of like \
            confidence. Test images of all repeats together; nothing is claimed here.
            """
        return PageSection(
            "scores", "Precision, recall and reliability", name: "Scores",
            .joined([.element("p", [:], HTML(opening))] + rows, separator: "\n"))
    }
}
