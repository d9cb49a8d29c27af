internal import Evaluation

/// Precision against recall of one label, base model and adapters, each with a mark at the operating threshold.
struct PrecisionRecallFigure {
    let svg: String

    private static let side = 350.0
    private static let left = 62.0
    private static let top = 84.0
    private static let entryHeight = 36.0

    /// The figure of `exploration`, whose label `comparison` compares; `nil` where no test image has the label.
    init?(_ exploration: LabelExploration, _ comparison: LabelComparison, thresholdConfidence: Double, name: String) {
        let models = exploration.models.filter { !$0.precisionRecall.isEmpty }
        guard !models.isEmpty else { return nil }
        let height = max(
            PrecisionRecallFigure.side, Double(models.count) * PrecisionRecallFigure.entryHeight - 8)
        let (left, bottom) = (PrecisionRecallFigure.left, PrecisionRecallFigure.top + height)
        let right = left + PrecisionRecallFigure.side
        let plot = SharePlot(
            horizontal: LinearAxis(from: left, to: right),
            vertical: LinearAxis(from: bottom, to: PrecisionRecallFigure.top))
        let names = models.map { $0.adapter ?? "base model" } + [PrecisionRecallFigure.average(models[0])]
        let width = max(right + 44 + (names.map { Figure.width(of: $0) }.max() ?? 0) + Figure.margin, 590)
        let repeats = comparison.base.repeats
        let subtitle = [
            repeats > 1 ? "Over the tests of all \(repeats) repeats together." : "Over the test images.",
            "Marks: flagged from \(NumberText.threshold(thresholdConfidence)) confidence.",
        ]
        // The base model last, so that it is not hidden.
        let order = Array(models.indices.dropFirst()) + [0]
        svg =
            Figure(
                name: name, title: "\(exploration.label): precision against recall",
                description: models.map(PrecisionRecallFigure.sentence).joined(separator: " "), width: width,
                height: bottom + 56,
                elements: Figure.subtitle(subtitle)
                    + plot.frame(
                        horizontalTitle: "recall: images with the label that are flagged (%)",
                        verticalTitle: "precision: flagged images that have the label (%)")
                    + order.map { PrecisionRecallFigure.line(models[$0], $0, plot) }
                    + order.flatMap { PrecisionRecallFigure.mark(models[$0], $0, comparison, plot) }
                    + models.indices.flatMap { PrecisionRecallFigure.entry(models[$0], $0, x: right + 28) }
            ).svg
    }

    private static func line(_ model: LabelExploration.Model, _ index: Int, _ plot: SharePlot) -> String {
        SVG.polyline(
            model.precisionRecall.map { plot.place($0.recall, $0.precision) },
            class: SeriesStyle.lineClass(SeriesStyle.series(ofModel: index)))
    }

    /// The mark at the operating threshold; none where nothing is flagged.
    private static func mark(
        _ model: LabelExploration.Model, _ index: Int, _ comparison: LabelComparison, _ plot: SharePlot
    ) -> [String] {
        guard let point = OperatingPoint(of: model.adapter, in: comparison) else { return [] }
        return [SeriesStyle.mark(SeriesStyle.series(ofModel: index), at: plot.place(point.recall, point.precision))]
    }

    private static func entry(_ model: LabelExploration.Model, _ index: Int, x: Double) -> [String] {
        let y = top + 8 + Double(index) * entryHeight
        return [
            SVG.line(x - 10, y, x + 10, y, class: SeriesStyle.lineClass(SeriesStyle.series(ofModel: index))),
            SeriesStyle.mark(SeriesStyle.series(ofModel: index), at: (x, y)),
            SVG.text(
                model.adapter ?? "base model", x: x + 16, y: y + 4, class: index == 0 ? "title ink" : "ink"),
            SVG.text(average(model), x: x + 16, y: y + 18, class: "tick muted"),
        ]
    }

    private static func average(_ model: LabelExploration.Model) -> String {
        "average precision " + (model.averagePrecision.map(NumberText.share) ?? "—")
    }

    private static func sentence(_ model: LabelExploration.Model) -> String {
        "\(model.adapter ?? "base model"): \(average(model))."
    }
}
