internal import Evaluation

/// False negatives against false positives of one label: base model and adapters with their intervals, and the region that
/// is better than the base model in both.
struct PlaneFigure {
    let svg: String

    /// A model with a place in the plane.
    private struct Model {
        let name: String
        /// The number of its series; `nil` for the base model.
        let series: Int?
        let rates: ByErrorKind<Estimate.Measurement>

        init?(_ name: String, series: Int?, rate: (ErrorKind) -> Estimate) {
            guard let misses = rate(.falseNegatives).measurement, let alarms = rate(.falsePositives).measurement
            else { return nil }
            self.name = name
            self.series = series
            rates = ByErrorKind { $0 == .falseNegatives ? misses : alarms }
        }
    }

    private static let side = 350.0
    private static let left = 62.0
    private static let top = 84.0

    /// The figure of `label`; `nil` where the test images cannot show both kinds of error.
    init?(_ label: LabelComparison, thresholdConfidence: Double, name: String) {
        guard let base = Model("base model", series: nil, rate: { label.base.errors[$0].rate }) else { return nil }
        let adapters = label.adapters.enumerated().compactMap { index, row in
            Model(row.adapter, series: index) { row.errors[$0].adapterRate }
        }
        let models = adapters + [base]
        let height = max(PlaneFigure.side, Double(models.count) * LabelColumn.lineHeight)
        let bottom = PlaneFigure.top + height
        let right = PlaneFigure.left + PlaneFigure.side
        let plot = SharePlot(
            horizontal: LinearAxis(
                from: PlaneFigure.left, to: right, holding: PlaneFigure.extent(of: models, .falsePositives)),
            vertical: LinearAxis(
                from: bottom, to: PlaneFigure.top, holding: PlaneFigure.extent(of: models, .falseNegatives)))
        let column = right + 34
        let width = max(column + 16 + (models.map { Figure.width(of: $0.name) }.max() ?? 0) + Figure.margin, 590)
        let subtitle = [
            "At \(NumberText.threshold(thresholdConfidence)) confidence, with 95% intervals.",
            "Shaded: fewer of both than the base model.",
        ]
        svg =
            Figure(
                name: name, title: "\(label.label): false negatives against false positives",
                description: models.reversed().map(PlaneFigure.sentence).joined(separator: " "), width: width,
                height: bottom + 56,
                elements: Figure.subtitle(subtitle) + PlaneFigure.region(base, plot)
                    + plot.frame(
                        horizontalTitle: "images without the label that are flagged (%)",
                        verticalTitle: "images with the label that are missed (%)")
                    + PlaneFigure.guides(base, plot) + models.flatMap { PlaneFigure.cross($0, plot) }
                    + PlaneFigure.names(models, plot, column: column)
                    + models.map { SeriesStyle.mark($0.series, at: PlaneFigure.place($0, plot)) }
            ).svg
    }

    /// How far an axis goes: all values, and intervals as far as half as much again.
    private static func extent(of models: [Model], _ kind: ErrorKind) -> ClosedRange<Double> {
        let values = models.map { $0.rates[kind].value }
        let limits = models.compactMap { $0.rates[kind].interval }
        let (least, most) = (values.min() ?? 0, values.max() ?? 0)
        let upper = min(limits.map(\.upper).max() ?? 0, 1.5 * most + 0.02)
        let lower = max(limits.map(\.lower).min() ?? 1, 0.5 * least)
        return min(least, lower)...max(most, upper)
    }

    private static func place(_ model: Model, _ plot: SharePlot) -> (x: Double, y: Double) {
        plot.place(model.rates.falsePositives.value, model.rates.falseNegatives.value)
    }

    private static func region(_ base: Model, _ plot: SharePlot) -> [String] {
        let corner = place(base, plot)
        let size = (width: corner.x - plot.horizontal.start, height: plot.vertical.start - corner.y)
        guard size.width > 0, size.height > 0 else { return [] }
        return [
            SVG.rectangle(
                plot.horizontal.start, corner.y, width: size.width, height: size.height, class: "better")
        ]
    }

    /// Lines through the base model: on which side of each an adapter lies is what it changes.
    private static func guides(_ base: Model, _ plot: SharePlot) -> [String] {
        let corner = place(base, plot)
        return [
            SVG.line(plot.horizontal.start, corner.y, plot.horizontal.end, corner.y, class: "guide"),
            SVG.line(corner.x, plot.vertical.start, corner.x, plot.vertical.end, class: "guide"),
        ]
    }

    private static func cross(_ model: Model, _ plot: SharePlot) -> [String] {
        ErrorKind.allCases.flatMap { kind -> [String] in
            guard let interval = model.rates[kind].interval else { return [] }
            return plot.whisker(
                interval, isVertical: kind == .falseNegatives, at: place(model, plot),
                class: SeriesStyle.whiskerClass(model.series))
        }
    }

    /// The names beside the plot, each with its marker and a line from its place.
    private static func names(_ models: [Model], _ plot: SharePlot, column: Double) -> [String] {
        let places = models.map { place($0, plot) }
        let heights = LabelColumn.heights(places.map(\.y), within: plot.vertical.end + 4...plot.vertical.start - 4)
        return zip(models, zip(places, heights)).flatMap { model, spot in
            let (place, height) = spot
            return [
                SVG.polyline(
                    [place, (column - 26, height), (column - 10, height)].filter { $0.x >= place.x }, class: "leader"),
                SeriesStyle.mark(model.series, at: (column, height)),
                SVG.text(
                    model.name, x: column + 12, y: height + 4, class: model.series == nil ? "title ink" : "ink"),
            ]
        }
    }

    private static func sentence(_ model: Model) -> String {
        let rates = ErrorKind.allCases.map { kind in
            let measurement = model.rates[kind]
            let interval = measurement.interval.map {
                " (\(NumberText.share($0.lower)) to \(NumberText.share($0.upper)))"
            }
            return "\(kind.name) \(NumberText.share(measurement.value))\(interval ?? "")"
        }
        return "\(model.name): \(rates.joined(separator: ", "))."
    }
}
