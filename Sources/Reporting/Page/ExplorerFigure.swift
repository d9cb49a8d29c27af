internal import Evaluation
internal import Moderation

/// False negatives against false positives of each model over all thresholds, with marks that the page's script moves to the
/// chosen one.
struct ExplorerFigure {
    let html: HTML
    /// Of each threshold, where the marks are: horizontal and vertical place of each model by turns, in user units.
    let places: [[Double]]

    private static let plot = SharePlot(
        horizontal: LinearAxis(from: 48, to: 284), vertical: LinearAxis(from: 248, to: 12))

    /// The figure of `exploration`, whose label `comparison` compares; `nil` where the test images cannot show both errors.
    init?(_ exploration: LabelExploration, _ comparison: LabelComparison?, declared: Int) {
        guard let base = comparison?.base, ErrorKind.allCases.allSatisfy({ base.errors[$0].images > 0 }) else {
            return nil
        }
        let lines = exploration.models.map { model in
            let row = comparison?.adapters.first { $0.adapter == model.adapter }
            let images = ByErrorKind { row?.errors[$0].cells.images ?? base.errors[$0].images }
            return model.points.map { ExplorerFigure.place($0, images) }
        }
        places = exploration.confidences.indices.map { index in
            lines.flatMap { [ExplorerFigure.rounded($0[index].x), ExplorerFigure.rounded($0[index].y)] }
        }
        // The base model last, so that it is not hidden.
        let order = Array(lines.indices.dropFirst()) + [0]
        let drawing =
            ExplorerFigure.plot.frame(
                horizontalTitle: "images without the label, flagged (%)",
                verticalTitle: "images with the label, missed (%)")
            + order.map { SVG.polyline(lines[$0], class: SeriesStyle.lineClass(SeriesStyle.series(ofModel: $0))) }
            + order.map { ExplorerFigure.mark($0, at: lines[$0][declared]) }
        html = HTML(
            trusted: "<svg class=\"moderato-figure trade\" viewBox=\"0 0 300 294\" role=\"img\" "
                + "aria-label=\"False negatives against false positives, as in the table\">\(drawing.joined())</svg>")
    }

    private static func place(_ point: LabelExploration.Point, _ images: ByErrorKind<Double>) -> (x: Double, y: Double)
    {
        let rate = { (kind: ErrorKind) in point.errors[kind].errors / images[kind] }
        return plot.place(rate(.falsePositives), rate(.falseNegatives))
    }

    private static func mark(_ index: Int, at place: (x: Double, y: Double)) -> String {
        "<g class=\"moving\" data-model=\"\(index)\" transform=\"translate(\(SVG.number(place.x)) \(SVG.number(place.y)))\">"
            + SeriesStyle.mark(SeriesStyle.series(ofModel: index), at: (0, 0)) + "</g>"
    }

    private static func rounded(_ length: Double) -> Double { (length * 10).rounded() / 10 }
}
