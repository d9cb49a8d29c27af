internal import Evaluation

/// One model's panel of a reliability figure.
struct ReliabilityPanel {
    static let width = 204.0
    static let height = 270.0

    private static let side = 150.0
    private static let barHeight = 34.0

    private let model: LabelExploration.Model
    private let series: Int?
    private let base: LabelExploration.Model
    private let plot: SharePlot
    /// The upper left corner of the plot.
    private let corner: (x: Double, y: Double)

    /// - Parameter base: the base model, drawn behind every adapter.
    init(
        _ model: LabelExploration.Model, series: Int?, base: LabelExploration.Model, at origin: (x: Double, y: Double)
    ) {
        self.model = model
        self.series = series
        self.base = base
        corner = (origin.x + 38, origin.y + 26)
        plot = SharePlot(
            horizontal: LinearAxis(from: corner.x, to: corner.x + ReliabilityPanel.side),
            vertical: LinearAxis(from: corner.y + ReliabilityPanel.side, to: corner.y))
    }

    var elements: [String] { title + grid + [diagonal] + behind + points + bars }

    private var title: [String] {
        // What a panel has room for; the description has all of it.
        let name = model.adapter ?? "base model"
        let short = name.count > 16 ? name.prefix(15) + "…" : name[...]
        return [
            SeriesStyle.mark(series, at: (corner.x + 5, corner.y - 12)),
            SVG.text(String(short), x: corner.x + 16, y: corner.y - 8, class: "title ink"),
        ]
    }

    /// Ticks at 0, 50 and 100%.
    private var grid: [String] {
        [0, 0.5, 1].flatMap { share in
            let (x, y) = plot.place(share, share)
            let name = share == 0 ? "zero" : "grid"
            return [
                SVG.line(x, plot.vertical.start, x, plot.vertical.end, class: name),
                SVG.line(plot.horizontal.start, y, plot.horizontal.end, y, class: name),
                SVG.text(
                    NumberText.wholeNumber(share * 100), x: plot.horizontal.start - 6, y: y + 4, .end,
                    class: "tick muted"),
                SVG.text(
                    NumberText.wholeNumber(share * 100), x: x, y: plot.vertical.start + 15, .middle,
                    class: "tick muted"),
            ]
        }
    }

    private var diagonal: String { SVG.polyline([plot.place(0, 0), plot.place(1, 1)], class: "guide") }

    /// The base model's line behind an adapter's.
    private var behind: [String] {
        series == nil ? [] : [SVG.polyline(places(of: base), class: "leader")]
    }

    private var points: [String] {
        let places = places(of: model)
        let whiskers = zip(model.reliability, places).flatMap { bin, place -> [String] in
            guard let interval = bin.sharePresent.interval else { return [] }
            return plot.whisker(interval, isVertical: true, at: place, class: SeriesStyle.whiskerClass(series))
        }
        return whiskers + [SVG.polyline(places, class: SeriesStyle.lineClass(series))]
            + places.map {
                SVG.path(
                    "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z", x: $0.x, y: $0.y, class: SeriesStyle.markerClass(series))
            }
    }

    private func places(of model: LabelExploration.Model) -> [(x: Double, y: Double)] {
        model.reliability.map { plot.place($0.meanConfidence, $0.sharePresent.value) }
    }

    /// The number of tests in each bin, and the largest of them in figures.
    private var bars: [String] {
        let most = model.reliability.map(\.tests).max() ?? 1
        let foot = plot.vertical.start + 24 + ReliabilityPanel.barHeight
        let step = ReliabilityPanel.side / 10
        return model.reliability.map { bin in
            let height = ReliabilityPanel.barHeight * Double(bin.tests) / Double(most)
            return SVG.rectangle(
                plot.horizontal.start + Double(bin.bin) * step + 1, foot - height, width: step - 2, height: height,
                class: "bar")
        } + [
            SVG.line(plot.horizontal.start, foot, plot.horizontal.end, foot, class: "zero"),
            SVG.text(
                model.expectedCalibrationError.map { "ECE \(NumberText.share($0))" } ?? "",
                x: plot.horizontal.start + ReliabilityPanel.side / 2, y: foot + 15, .middle, class: "tick muted"),
            SVG.text(
                "\(most)", x: plot.horizontal.start - 6, y: foot - ReliabilityPanel.barHeight + 8, .end,
                class: "tick muted"),
        ]
    }
}
