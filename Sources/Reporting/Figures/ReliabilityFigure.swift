internal import Evaluation

/// How often images have the label, against the confidence that says so: a panel for the base model and each adapter, with
/// the number of tests in each bin below.
struct ReliabilityFigure {
    let svg: String

    private static let top = 84.0

    /// The figure of `exploration`; `nil` where there is no test.
    init?(_ exploration: LabelExploration, repeats: Int, name: String) {
        let models = exploration.models.filter { !$0.reliability.isEmpty }
        guard let base = models.first else { return nil }
        // Rows as full as can be, of at most four.
        let rows = (models.count + 3) / 4
        let columns = (models.count + rows - 1) / rows
        let panels = models.enumerated().flatMap { index, model in
            ReliabilityPanel(
                model, series: SeriesStyle.series(ofModel: index), base: base,
                at: (
                    x: Figure.margin + Double(index % columns) * ReliabilityPanel.width,
                    y: ReliabilityFigure.top + Double(index / columns) * ReliabilityPanel.height
                )
            ).elements
        }
        let subtitle = [
            "Share of images that have the label (%) against confidence (%), with 95% intervals.",
            (repeats > 1 ? "Bars: tests of all \(repeats) repeats." : "Bars: test images.")
                + " ECE: expected calibration error.",
        ]
        svg =
            Figure(
                name: name, title: "\(exploration.label): reliability of confidence",
                description: models.map(ReliabilityFigure.sentence).joined(separator: " "),
                width: max(2 * Figure.margin + Double(columns) * ReliabilityPanel.width, 590),
                height: ReliabilityFigure.top + Double(rows) * ReliabilityPanel.height + 4,
                elements: Figure.subtitle(subtitle) + panels
            ).svg
    }

    private static func sentence(_ model: LabelExploration.Model) -> String {
        let error = model.expectedCalibrationError.map(NumberText.share) ?? "undefined"
        return "\(model.adapter ?? "base model"): expected calibration error \(error)."
    }
}
